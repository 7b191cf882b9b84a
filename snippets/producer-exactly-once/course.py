# tab stops: localhost:9092 | orders | order-service-1
# en: Exactly-once producer: all messages of a transaction become visible together and once, or none
# en: does. Sent again by a program that was started again, they would be new messages.
# fr: Producteur « exactement une fois » : tous les messages d’une transaction deviennent visibles
# fr: ensemble et une fois, ou aucun. Renvoyés par un programme relancé, ils seraient de nouveaux messages.
# region imports
from confluent_kafka import Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: Implies acks=all, idempotence and retries. One id for each running instance, kept when it restarts.
    # fr: Implique acks=all, l’idempotence et les réessais. Un id par instance, conservé quand elle redémarre.
    "transactional.id": "order-service-1",  # blame
})
# endregion

# region pattern
producer.init_transactions()
producer.begin_transaction()
for i in range(10):
    value = f"m{i}"  # $0
    producer.produce("orders", value)
    producer.poll(0)
producer.commit_transaction()
# endregion
