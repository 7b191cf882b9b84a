# tab stops: localhost:9092 | orders
# en: At-least-once producer: what was acknowledged is in the log, but a retry after a lost answer
# en: writes the message a second time.
# fr: Producteur « au moins une fois » : ce qui a été acquitté est dans le journal, mais un réessai
# fr: après une réponse perdue écrit le message une seconde fois.
# region imports
from confluent_kafka import Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: The leader answers once all in-sync replicas have the message (the default).
    # fr: Le leader répond quand tous les réplicas synchronisés ont le message (par défaut).
    "acks": "all",
    # en: The broker does not recognise a retry; retries themselves are the default.
    # fr: Le broker ne reconnaît pas un réessai ; les réessais eux-mêmes sont actifs par défaut.
    "enable.idempotence": False,  # blame
})
# endregion

# region pattern
def report(error, message):
    if error is not None:
        print(f"not delivered: {message.value().decode()}: {error}")


for i in range(10):
    value = f"m{i}"  # $0
    producer.produce("orders", value, on_delivery=report)
    producer.poll(0)
producer.flush()
# endregion
