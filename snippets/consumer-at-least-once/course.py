# tab stops: localhost:9092 | orders | order-service
# en: At-least-once consumer: no message is lost, but one is processed twice if the program dies between
# en: processing and commit.
# fr: Consommateur « au moins une fois » : aucun message n’est perdu, mais un message est traité deux fois
# fr: si le programme meurt entre le traitement et la validation.
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
        # en: First the processing, then the commit.
        # fr: D’abord le traitement, ensuite la validation.
        print(message.value().decode(), flush=True)  # $0
        consumer.commit(message=message, asynchronous=False)  # blame
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
# endregion
