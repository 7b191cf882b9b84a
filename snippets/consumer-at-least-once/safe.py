# tab stops: localhost:9092 | orders | order-service
# en: At-least-once consumer: an offset is committed only once its message is processed. None is lost;
# en: one is processed twice if the program dies, or loses its partition, between the two.
# fr: Consommateur « au moins une fois » : un offset n’est validé qu’une fois son message traité. Aucun
# fr: n’est perdu ; un message est traité deux fois si le programme meurt, ou perd sa partition, entre les deux.
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
    # en: If this raises, the program ends without a commit: the message comes again after a restart.
    # fr: Si ceci lève une erreur, le programme finit sans valider : le message revient après un redémarrage.
    print((message.value() or b"").decode(), flush=True)  # $0


# region pattern
def commit(message: Message) -> None:
    try:
        for partition in consumer.commit(message=message, asynchronous=False) or []:
            if partition.error is not None:
                raise KafkaException(partition.error)
    except KafkaException as error:
        # en: The message will come again, here or at another member: a duplicate, never a loss.
        # fr: Le message reviendra, ici ou chez un autre membre : un doublon, jamais une perte.
        print(f"processed, not committed: {error}", file=sys.stderr)


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
    # en: Leaves the group at once, so that another member need not wait for the session timeout.
    # fr: Quitte le groupe aussitôt, pour qu’un autre membre n’attende pas la fin de la session.
    consumer.close()
# endregion
