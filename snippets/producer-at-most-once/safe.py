# tab stops: localhost:9092 | orders
# en: At-most-once producer: never a duplicate. What can be known of a loss is reported (a message that
# en: did not leave in time); a message lost on the network cannot be known of.
# fr: Producteur « au plus une fois » : jamais de doublon. Ce qui peut être su d’une perte est signalé
# fr: (un message qui n’est pas parti à temps) ; un message perdu sur le réseau ne peut pas être su.
# region imports
import sys

from confluent_kafka import KafkaError, Message, Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: The broker answers nothing: the report of a delivery only says that the message has left.
    # fr: Le broker ne répond rien : le rapport de livraison dit seulement que le message est parti.
    "acks": 0,
    # en: With acks=0 there is no answer to miss; a retry could only follow an error before the sending.
    # fr: Avec acks=0 aucune réponse ne peut manquer ; un réessai ne suivrait qu’une erreur avant l’envoi.
    "retries": 0,
    # en: A message that cannot leave for so long is given up (the default is five minutes).
    # fr: Un message qui ne peut pas partir pendant ce temps est abandonné (cinq minutes par défaut).
    "message.timeout.ms": 5000,
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
            # en: The local queue is full; nothing was sent yet, so that this is no retry.
            # fr: La file locale est pleine ; rien n’est encore parti, ce n’est donc pas un réessai.
            producer.poll(0.5)
    producer.poll(0)


# region pattern
try:
    for i in range(10):
        value = f"m{i}"  # $0
        send(value)
finally:
    # en: flush returns how many messages are still in the queue: they end with this program.
    # fr: flush retourne combien de messages sont encore dans la file : ils finissent avec ce programme.
    left = producer.flush(6.0)
    if left > 0:
        print(f"{left} messages never left", file=sys.stderr)
if left > 0 or undelivered:
    sys.exit(1)
# endregion
