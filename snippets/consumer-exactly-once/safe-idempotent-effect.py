# tab stops: localhost:9092 | orders | order-service
# en: Exactly-once effect by an idempotent effect: messages come at least once, and the store refuses
# en: what it already holds. The effect must be in that store; topic, partition and offset name it.
# fr: Effet « exactement une fois » par un effet idempotent : les messages arrivent au moins une fois, et le
# fr: stockage refuse ce qu’il contient déjà. L’effet doit y être ; topic, partition et offset le nomment.
# region imports
import signal
import sqlite3
import sys

from confluent_kafka import Consumer, KafkaException, Message
# endregion

# region settings
consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "order-service",
    "enable.auto.commit": False,
    # en: A group without offsets begins at the start of the topic, not at its end.
    # fr: Un groupe sans offset commence au début du topic, non à sa fin.
    "auto.offset.reset": "earliest",
})
# endregion

effects = sqlite3.connect("effects.db")
effects.execute(
    """CREATE TABLE IF NOT EXISTS effects (
    source TEXT, partition_number INTEGER, log_offset INTEGER, value TEXT,
    PRIMARY KEY (source, partition_number, log_offset))"""
)
running = True


def stop(signum: int, frame: object) -> None:
    global running
    running = False


# region pattern
def apply_once(message: Message) -> bool:
    value = (message.value() or b"").decode()
    row = (message.topic(), message.partition(), message.offset(), value)
    # en: The primary key is the proof that it has been done; it is written with the effect, or not at all.
    # fr: La clé primaire prouve que c’est fait ; elle est écrite avec l’effet, ou pas du tout.
    with effects:
        return effects.execute("INSERT OR IGNORE INTO effects VALUES (?, ?, ?, ?)", row).rowcount == 1


def process(message: Message) -> None:
    value = (message.value() or b"").decode()
    outcome = value if apply_once(message) else f"already done: {value}"
    print(outcome, flush=True)  # $0


def commit(message: Message) -> None:
    try:
        for partition in consumer.commit(message=message, asynchronous=False) or []:
            if partition.error is not None:
                raise KafkaException(partition.error)
    except KafkaException as error:
        # en: The message will come again, and will be found done.
        # fr: Le message reviendra, et sera trouvé fait.
        print(f"done, not committed: {error}", file=sys.stderr)


def run() -> None:
    consumer.subscribe(["orders"])
    while running:
        message = consumer.poll(1.0)
        if message is None:
            continue
        error = message.error()
        if error is None:
            process(message)
            commit(message)
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
    effects.close()
# endregion
