"""What every check needs: clients with this run's settings, names, and a reader that ends at the end of the log."""

import functools
import json
import os
import sys
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

BOOTSTRAP = os.environ["LAB_BOOTSTRAP"]
LOSSY = os.environ["LAB_LOSSY"]
PREFIX = os.environ["LAB_PREFIX"]

# Long enough for a busy machine, short enough for a check that waits in vain.
PATIENCE_S = 20


def name(check):
    return f"{PREFIX}.{check}"


COMMON = {"bootstrap.servers": BOOTSTRAP, "socket.timeout.ms": 15000, "enable.sparse.connections": False}


def settings(**more):
    return {**COMMON, **{key.replace("_", "."): value for key, value in more.items()}}


# One for the whole program: a request of an AdminClient that nobody holds any more is given up.
ADMIN = AdminClient(settings())


def admin():
    return ADMIN


def producer(**more):
    # Without the callback a fatal error is thrown by flush, before the message's own outcome is told.
    return Producer({**settings(**{"linger_ms": 0, **more}), "error_cb": lambda _: None})


def consumer(group, **more):
    defaults = {"group_id": group, "auto_offset_reset": "earliest", "enable_auto_commit": False}
    return Consumer(settings(**{**defaults, **more}))


def error_name(act):
    """The client's own name of the error that `act` ends with, or None."""
    try:
        act()
        return None
    except KafkaException as exception:
        error = exception.args[0]
        return error.name() if isinstance(error, KafkaError) else str(error)


def create(check, partitions=1, **config):
    topic = name(check)
    admin().create_topics([NewTopic(topic, partitions, 1, config=config)])[topic].result(PATIENCE_S)
    # Apache Kafka answers when its controller knows the topic; the broker learns of it a moment later.
    wait_until("created", lambda: topic in admin().list_topics(timeout=PATIENCE_S).topics)
    return topic


def send(target, topic, values, partition=0, **more):
    """Sends one after the other and awaits each acknowledgement; returns the offsets."""
    offsets = []

    def acknowledged(error, message):
        if error is not None:
            raise KafkaException(error)
        offsets.append(message.offset())

    for value in values:
        target.produce(topic, value, partition=partition, on_delivery=acknowledged, **more)
        target.flush(PATIENCE_S)
    return offsets


@functools.cache
def shared_producer():
    """For records that are only there to be read: a client of its own takes up to a second to connect."""
    return producer()


@functools.cache
def reader(isolation):
    return consumer(name("reader"), isolation_level=isolation, enable_partition_eof=True)


def read(topic, isolation="read_uncommitted", start=0):
    """Every record that a reader sees from `start` to the end of partition 0, as messages."""
    one = reader(isolation)
    # With the topic in its cache the client starts at once, not at its next look-up, once a second.
    one.list_topics(topic, timeout=PATIENCE_S)
    one.assign([TopicPartition(topic, 0, start)])
    seen = []
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        message = one.poll(0.5)
        if message is None or message.topic() != topic:
            continue
        if message.error() is None:
            seen.append(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            one.unassign()
            return seen
        else:
            raise KafkaException(message.error())
    raise TimeoutError(f"no end of {topic}")


def values(messages):
    return [None if message.value() is None else message.value().decode() for message in messages]


def wait_until(what, condition, tick=lambda: time.sleep(0.05)):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        tick()


def report(check, **outcome):
    sys.stdout.write(json.dumps({"check": check, **outcome}) + "\n")
    sys.stdout.flush()
