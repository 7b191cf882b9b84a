# tab stops: localhost:9092 | orders | order-service-1
# en: Exactly-once producer: the batch becomes visible as a whole and once, or not at all. An error that
# en: asks for it aborts the transaction, and the batch is sent anew.
# fr: Producteur « exactement une fois » : le lot devient visible en entier et une fois, ou pas du tout.
# fr: Une erreur qui le demande annule la transaction, et le lot est envoyé de nouveau.
# region imports
import sys

from confluent_kafka import KafkaException, Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: Implies acks=all, idempotence and retries. One id for each running instance, kept when it
    # en: restarts: a second producer with the same id fences this one.
    # fr: Implique acks=all, l’idempotence et les réessais. Un id par instance, conservé quand elle
    # fr: redémarre : un second producteur avec le même id écarte celui-ci.
    "transactional.id": "order-service-1",
    # en: The broker aborts what is open for longer; retries end with it (the default is one minute).
    # fr: Le broker annule ce qui reste ouvert plus longtemps ; les réessais finissent avec (une minute par défaut).
    "transaction.timeout.ms": 30000,
})
# endregion


def send(value: str) -> None:
    while True:
        try:
            producer.produce("orders", value)
            break
        except BufferError:
            # en: The local queue is full: wait until some of it has left.
            # fr: La file locale est pleine : attendre qu’une partie soit partie.
            producer.poll(0.5)
    producer.poll(0)


# region pattern
def send_all() -> None:
    for i in range(10):
        value = f"m{i}"  # $0
        send(value)


def commit() -> None:
    while True:
        try:
            # en: Sends what is still in the queue first.
            # fr: Envoie d’abord ce qui est encore dans la file.
            producer.commit_transaction()
            return
        except KafkaException as error:
            # en: Retriable: nobody knows yet whether it is committed. Ask again; an abort would be a guess.
            # fr: Réessayable : nul ne sait encore si c’est validé. Redemander ; annuler serait deviner.
            if not error.args[0].retriable():
                raise


def run(attempts: int = 5) -> None:
    producer.init_transactions(30.0)
    for _ in range(attempts):
        producer.begin_transaction()
        try:
            send_all()
            commit()
            return
        except KafkaException as error:
            # en: Anything else is fatal, such as a second producer with this transactional id.
            # fr: Tout le reste est fatal, comme un second producteur avec ce transactional.id.
            if not error.args[0].txn_requires_abort():
                raise
            producer.abort_transaction()
    raise RuntimeError(f"aborted {attempts} times")


try:
    run()
except (KafkaException, RuntimeError) as error:
    sys.exit(f"not committed: {error}")
# endregion
