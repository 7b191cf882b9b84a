# tab stops: localhost:9092 | orders | order-service | order-service-1
# en: Exactly-once consumer as in the course: the offset is committed exactly once, in a transaction. The
# en: processing itself stands outside: after a crash before the commit it happens a second time.
# fr: Consommateur « exactement une fois » du cours : l’offset est validé exactement une fois, dans une
# fr: transaction. Le traitement, lui, est en dehors : après un crash avant la validation il a lieu deux fois.
# region imports
import sys

from confluent_kafka import Consumer, Producer, TopicPartition
# endregion

# region settings
consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "order-service",
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
    # en: The default of this client: messages of aborted transactions are skipped.
    # fr: Par défaut dans ce client : les messages des transactions annulées sont sautés.
    "isolation.level": "read_committed",
})
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: Implies acks=all and idempotence. One id for each running instance, kept when it restarts.
    # fr: Implique acks=all et l’idempotence. Un id par instance, conservé quand elle redémarre.
    "transactional.id": "order-service-1",
})
# endregion

# region pattern
producer.init_transactions()
consumer.subscribe(["orders"])
try:
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            print(message.error(), file=sys.stderr)
            continue
        # en: This effect is not part of the transaction.
        # fr: Cet effet ne fait pas partie de la transaction.
        print(message.value().decode(), flush=True)  # $0 # blame
        producer.begin_transaction()
        # en: The offset to go on from: the next message's.
        # fr: L’offset où reprendre : celui du message suivant.
        offsets = [TopicPartition(message.topic(), message.partition(), message.offset() + 1)]
        producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata())
        producer.commit_transaction()
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
# endregion
