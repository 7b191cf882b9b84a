# tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
# en: Pipeline, exactly once: result and offset are committed in one transaction. After a crash the
# en: message is processed again, and the first result was never visible to readers of committed data.
# fr: Pipeline « exactement une fois » : résultat et offset sont validés dans une même transaction. Après un
# fr: crash le message est traité de nouveau, et le premier résultat n’a jamais été visible en read_committed.
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
        producer.begin_transaction()
        result = message.value().decode().upper()  # $0
        producer.produce("receipts", result)
        # en: The offset to go on from, in the same transaction as the result.
        # fr: L’offset où reprendre, dans la même transaction que le résultat.
        offsets = [TopicPartition(message.topic(), message.partition(), message.offset() + 1)]
        producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata())  # blame
        producer.commit_transaction()
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
# endregion
