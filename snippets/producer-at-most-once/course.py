# tab stops: localhost:9092 | orders
# en: At-most-once producer: no message is ever written twice, but one that gets lost on its way
# en: stays lost, and nobody is told.
# fr: Producteur « au plus une fois » : aucun message n’est écrit deux fois, mais celui qui se perd
# fr: en route reste perdu, et personne n’en est averti.
# region imports
from confluent_kafka import Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: The broker answers nothing: a message counts as delivered once it has left.
    # fr: Le broker ne répond rien : un message compte comme livré dès qu’il est parti.
    "acks": 0,  # blame
    "retries": 0,
})
# endregion

# region pattern
for i in range(10):
    value = f"m{i}"  # $0
    producer.produce("orders", value)
    producer.poll(0)
producer.flush(2.0)
# endregion
