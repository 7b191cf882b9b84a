# tab stops: localhost:9092 | orders | order-service
# en: At-most-once consumer: no message is processed twice, but one is lost if the program dies between
# en: commit and processing.
# fr: Consommateur « au plus une fois » : aucun message n’est traité deux fois, mais un message est perdu
# fr: si le programme meurt entre la validation et le traitement.
# region imports
import sys

from confluent_kafka import Consumer
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

# region pattern
consumer.subscribe(["orders"])
try:
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            print(message.error(), file=sys.stderr)
            continue
        # en: First the commit, then the processing.
        # fr: D’abord la validation, ensuite le traitement.
        consumer.commit(message=message, asynchronous=False)  # blame
        print(message.value().decode(), flush=True)  # $0
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
# endregion
