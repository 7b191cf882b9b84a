# tab stops: localhost:9092 | orders | order-service
# en: Exactly-once effect by storing the offset with the result: both are written in one transaction of
# en: the same database, and reading goes on from there. Kafka's own committed offset only informs.
# fr: Effet « exactement une fois » en stockant l’offset avec le résultat : les deux sont écrits dans une même
# fr: transaction de la même base, et la lecture reprend de là. L’offset validé dans Kafka ne fait qu’informer.
# region imports
import signal
import sqlite3
import sys

from confluent_kafka import Consumer, KafkaException, Message, TopicPartition
# endregion

# region settings
consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "order-service",
    "enable.auto.commit": False,
    # en: Where nothing is stored yet, begin at the start of the topic.
    # fr: Là où rien n’est encore stocké, commencer au début du topic.
    "auto.offset.reset": "earliest",
})
# endregion

store = sqlite3.connect("store.db")
store.execute("CREATE TABLE IF NOT EXISTS results (value TEXT)")
store.execute(
    """CREATE TABLE IF NOT EXISTS positions (
    source TEXT, partition_number INTEGER, next_offset INTEGER, PRIMARY KEY (source, partition_number))"""
)
running = True


def stop(signum: int, frame: object) -> None:
    global running
    running = False


# region pattern
def stored_position(partition: TopicPartition) -> int | None:
    where = (partition.topic, partition.partition)
    row = store.execute(
        "SELECT next_offset FROM positions WHERE source = ? AND partition_number = ?", where
    ).fetchone()
    return None if row is None else row[0]


def on_assign(consumer: Consumer, partitions: list[TopicPartition]) -> None:
    # en: The store knows what is done; offsets committed in Kafka may be older.
    # fr: Le stockage sait ce qui est fait ; les offsets validés dans Kafka peuvent être plus anciens.
    for partition in partitions:
        position = stored_position(partition)
        if position is not None:
            partition.offset = position
    consumer.assign(partitions)


def process(message: Message) -> None:
    value = (message.value() or b"").decode()
    position = (message.topic(), message.partition(), message.offset())
    # en: Both or neither: "with" commits at its end, and rolls back if anything is raised.
    # fr: Les deux ou aucun : « with » valide à sa fin, et annule tout si une erreur est levée.
    with store:
        store.execute("INSERT INTO results VALUES (?)", (value,))
        store.execute("INSERT OR REPLACE INTO positions VALUES (?, ?, ? + 1)", position)
    print(value, flush=True)  # $0


def run() -> None:
    consumer.subscribe(["orders"], on_assign=on_assign)
    while running:
        message = consumer.poll(1.0)
        if message is None:
            continue
        error = message.error()
        if error is None:
            process(message)
            # en: For those who watch the group's lag; nothing depends on it.
            # fr: Pour qui observe le retard du groupe ; rien n’en dépend.
            try:
                consumer.commit(message=message, asynchronous=False)
            except KafkaException as failure:
                print(f"stored, not committed: {failure}", file=sys.stderr)
        elif error.fatal():
            raise KafkaException(error)
        else:
            # en: Such as a broker that is away for a while: the client tries again by itself.
            # fr: Comme un broker absent un moment : le client réessaie de lui-même.
            print(error, file=sys.stderr)


signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
try:
    run()
finally:
    consumer.close()
    store.close()
# endregion
