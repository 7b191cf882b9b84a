# tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
# en: Exactly-once consumer: the result of processing is a message, written in the same transaction as
# en: the offset. Readers of committed data see it exactly once; effects elsewhere are not covered.
# fr: Consommateur « exactement une fois » : le résultat du traitement est un message, écrit dans la même
# fr: transaction que l’offset. En read_committed il est vu exactement une fois ; rien d’autre n’est couvert.
# region imports
import signal
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Message, Producer
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
    # en: Implies acks=all and idempotence. One id for each running instance, kept when it restarts: a
    # en: second instance with the same id fences this one.
    # fr: Implique acks=all et l’idempotence. Un id par instance, conservé quand elle redémarre : une
    # fr: seconde instance avec le même id écarte celle-ci.
    "transactional.id": "order-service-1",
    # en: The broker aborts what is open for longer.
    # fr: Le broker annule ce qui reste ouvert plus longtemps.
    "transaction.timeout.ms": 30000,
})
# endregion

running = True


def stop(signum: int, frame: object) -> None:
    global running
    running = False


def process(message: Message) -> str:
    value = (message.value() or b"").decode()
    result = value.upper()  # $0
    return result


# region pattern
def commit_transaction() -> None:
    while True:
        try:
            producer.commit_transaction()
            return
        except KafkaException as error:
            # en: Retriable: nobody knows yet whether it is committed. Ask again; an abort would be a guess.
            # fr: Réessayable : nul ne sait encore si c’est validé. Redemander ; annuler serait deviner.
            if not error.args[0].retriable():
                raise


def rewind() -> None:
    # en: An abort does not move the running consumer back: without this the message would be skipped.
    # fr: Une annulation ne ramène pas le consommateur en arrière : sans ceci le message serait sauté.
    for partition in consumer.committed(consumer.assignment(), timeout=10.0):
        if partition.offset < 0:
            partition.offset = OFFSET_BEGINNING
        consumer.seek(partition)


def process_in_transaction(message: Message) -> None:
    producer.begin_transaction()
    try:
        producer.produce("receipts", process(message))
        # en: Positions lie behind the last message that this program was handed: its offset + 1.
        # fr: Les positions sont juste après le dernier message remis à ce programme : son offset + 1.
        positions = [one for one in consumer.position(consumer.assignment()) if one.offset >= 0]
        # en: With the group's metadata a member that has lost its partition is refused (KIP-447).
        # fr: Avec les métadonnées du groupe, un membre qui a perdu sa partition est refusé (KIP-447).
        producer.send_offsets_to_transaction(positions, consumer.consumer_group_metadata())
        commit_transaction()
    except KafkaException as error:
        # en: Anything else is fatal, such as a second producer with this transactional id.
        # fr: Tout le reste est fatal, comme un second producteur avec ce transactional.id.
        if not error.args[0].txn_requires_abort():
            raise
        print(f"aborted, will be processed again: {error}", file=sys.stderr)
        producer.abort_transaction()
        rewind()


def run() -> None:
    producer.init_transactions(30.0)
    consumer.subscribe(["orders"])
    while running:
        message = consumer.poll(1.0)
        if message is None:
            continue
        error = message.error()
        if error is None:
            process_in_transaction(message)
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
except KafkaException as error:
    sys.exit(f"stopped: {error}")
finally:
    consumer.close()
# endregion
