# tab stops: localhost:9092 | orders
# en: At-least-once producer: every message is in the log at least once, or its loss is reported and
# en: the program fails. A retry after a lost answer writes a duplicate.
# fr: Producteur « au moins une fois » : chaque message est au moins une fois dans le journal, sinon
# fr: sa perte est signalée et le programme échoue. Un réessai après une réponse perdue écrit un doublon.
# region imports
import sys

from confluent_kafka import KafkaError, Message, Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: The default; with a replication factor of 3, min.insync.replicas=2 on the topic makes it count.
    # fr: Par défaut ; avec un facteur de réplication de 3, min.insync.replicas=2 sur le topic lui donne son sens.
    "acks": "all",
    # en: The default of this client: the broker does not recognise a retry.
    # fr: Par défaut dans ce client : le broker ne reconnaît pas un réessai.
    "enable.idempotence": False,
    # en: One request at a time, because a retry beside another request would change the order.
    # fr: Une requête à la fois, car un réessai à côté d’une autre requête changerait l’ordre.
    "max.in.flight.requests.per.connection": 1,
    # en: Retries end here, not by their number.
    # fr: Les réessais finissent ici, non par leur nombre.
    "delivery.timeout.ms": 30000,
})
# endregion

undelivered: list[str] = []


def report(error: KafkaError | None, message: Message) -> None:
    if error is None:
        return
    value = (message.value() or b"").decode()
    undelivered.append(value)
    print(f"not delivered: {value}: {error}", file=sys.stderr)


def send(value: str) -> None:
    while True:
        try:
            producer.produce("orders", value, on_delivery=report)
            break
        except BufferError:
            # en: The local queue is full: serve delivery reports, then try again.
            # fr: La file locale est pleine : traiter les rapports de livraison, puis réessayer.
            producer.poll(0.5)
    # en: Reports are served only by poll and flush.
    # fr: Les rapports ne sont traités que par poll et flush.
    producer.poll(0)


# region pattern
try:
    for i in range(10):
        value = f"m{i}"  # $0
        send(value)
finally:
    # en: Longer than delivery.timeout.ms: every message has its report when flush returns.
    # fr: Plus long que delivery.timeout.ms : chaque message a son rapport quand flush se termine.
    left = producer.flush(35.0)
if left > 0 or undelivered:
    sys.exit(f"{left + len(undelivered)} messages may be missing: send them again, or give up")
# endregion
