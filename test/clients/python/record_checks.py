"""Records as they come back: every compression, and what a lost response does with and without idempotence."""

from confluent_kafka import KafkaException, TopicPartition

from support import LOSSY, PATIENCE_S, PREFIX, consumer, create, name, producer, read, send, shared_producer, values, wait_until

CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]


def codec_check(codec):
    def check():
        topic = create(f"codec-{codec}")
        batching = producer(compression_type=codec, linger_ms=200)
        for number in range(50):
            headers = [("one", b"1"), ("none", None), ("one", b"2")]
            value = None if number == 7 else f"value {number} " + "x" * 200
            batching.produce(topic, value, key=f"k{number % 3}", headers=headers, partition=0, timestamp=1_000 + number)
        batching.flush(PATIENCE_S)
        seen = read(topic)
        first = seen[0]
        return {
            "count": len(seen),
            "offsets": [message.offset() for message in seen],
            "values": [value and value.strip("x") for value in values(seen)],
            "keys": "".join(message.key().decode() for message in seen),
            "headers": [[key, value and value.decode()] for key, value in first.headers()],
            "times": [message.timestamp() for message in (seen[0], seen[-1])],
        }

    return check


def lost_response(idempotent):
    """The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts."""

    def check():
        kind = "idempotent" if idempotent else "plain"
        topic = create(f"lost-{kind}")
        client_id = f"lose-Produce-1.{PREFIX}.{kind}"
        sender = producer(bootstrap_servers=LOSSY, client_id=client_id, enable_idempotence=idempotent, acks="all")
        offsets = send(sender, topic, ["a", "b", "c"])
        return {"acknowledged": offsets, "in the log": values(read(topic))}

    return check


def reset(policy):
    """Where a reader goes on whose position has been deleted or was never reached."""
    topic = create(f"reset-{policy}")
    send(shared_producer(), topic, ["a", "b", "c"])
    reader = consumer(name(f"reset-{policy}"), auto_offset_reset=policy, enable_partition_eof=True)
    reader.assign([TopicPartition(topic, 0, 99)])
    outcome = []

    def poll():
        message = reader.poll(0.2)
        if message is None:
            return
        if message.error() is None:
            outcome.append(message.value().decode())
        else:
            outcome.append(message.error().name())

    ending = {"_PARTITION_EOF", "_AUTO_OFFSET_RESET"}
    wait_until("an end", lambda: bool(ending & set(outcome)), poll)
    reader.close()
    return outcome


def out_of_range():
    return {policy: reset(policy) for policy in ("earliest", "latest", "error")}


def refused():
    """What a producer is told that asks for what cannot be."""
    topic = create("refused", **{"max.message.bytes": "1000"})

    def outcome(target, which, value, partition):
        try:
            return send(target, which, [value], partition)
        except KafkaException as exception:
            return exception.args[0].name()

    return {
        "too large": outcome(shared_producer(), topic, "x" * 5000, 0),
        "no such partition": outcome(shared_producer(), topic, "x", 7),
        "no such topic": outcome(producer(), name("nowhere"), "x", 0),
        "acks 0": outcome(producer(acks="0"), topic, "y", 0),
        "acks 1": outcome(producer(acks="1"), topic, "z", 0),
        "in the log": values(read(topic)),
    }


CHECKS = {
    **{f"records: {codec}": codec_check(codec) for codec in CODECS},
    "records: lost response, idempotent": lost_response(True),
    "records: lost response, not idempotent": lost_response(False),
    "records: out of range": out_of_range,
    "records: refused": refused,
}
