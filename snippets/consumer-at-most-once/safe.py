# tab stops: localhost:9092 | orders | order-service
# en: At-most-once consumer: a message is processed only once its offset is surely committed. One is
# en: lost if the program dies between the two; none is processed twice.
# fr: Consommateur « au plus une fois » : un message n’est traité qu’une fois son offset sûrement validé.
# fr: Un message est perdu si le programme meurt entre les deux ; aucun n’est traité deux fois.
# region imports
import signal
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

running = True


def stop(signum: int, frame: object) -> None:
    global running
    running = False


def process(message: Message) -> None:
    print((message.value() or b"").decode(), flush=True)  # $0


# region pattern
def committed(message: Message) -> bool:
    try:
        partitions = consumer.commit(message=message, asynchronous=False) or []
    except KafkaException as error:
        # en: Not committed, or nobody knows (the partition may have gone to another member): do not process.
        # fr: Non validé, ou nul ne sait (la partition est peut-être passée à un autre membre) : ne pas traiter.
        print(f"not processed: {error}", file=sys.stderr)
        return False
    failures = [partition.error for partition in partitions if partition.error is not None]
    for failure in failures:
        print(f"not processed: {failure}", file=sys.stderr)
    return not failures


def run() -> None:
    consumer.subscribe(["orders"])
    while running:
        message = consumer.poll(1.0)
        if message is None:
            continue
        error = message.error()
        if error is None:
            if committed(message):
                process(message)
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
    # en: Leaves the group at once, so that another member need not wait for the session timeout.
    # fr: Quitte le groupe aussitôt, pour qu’un autre membre n’attende pas la fin de la session.
    consumer.close()
# endregion
