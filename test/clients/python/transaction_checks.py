"""Transactions: what each isolation level sees, offsets within, fencing, time-out."""

import time

from confluent_kafka import IsolationLevel, KafkaException, TopicPartition
from confluent_kafka.admin import OffsetSpec

from admin_checks import committed, offset_at
from support import LOSSY, PATIENCE_S, PREFIX, consumer, create, name, producer, read, send, shared_producer, values, wait_until


def transactional(check, **more):
    made = producer(transactional_id=name(check), **more)
    made.init_transactions(PATIENCE_S)
    return made


def last_stable(topic):
    return offset_at(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED)


def views(topic):
    return {
        "committed": values(read(topic, "read_committed")),
        "uncommitted": values(read(topic)),
        "last stable offset": last_stable(topic),
        "end": offset_at(topic, OffsetSpec.latest()),
    }


def settled_views(topic):
    """After the markers: Apache Kafka answers EndTxn before it writes them."""
    wait_until("markers", lambda: last_stable(topic) == offset_at(topic, OffsetSpec.latest()))
    return views(topic)


def ends():
    topic = create("txn-ends")
    target = transactional("txn-ends")
    for text, end in (("ab", target.commit_transaction), ("c", target.abort_transaction), ("d", target.commit_transaction)):
        target.begin_transaction()
        send(target, topic, list(text))
        end(PATIENCE_S)
    target.begin_transaction()
    target.commit_transaction(PATIENCE_S)
    return settled_views(topic)


def open_transaction():
    topic = create("txn-open")
    target = transactional("txn-open")
    target.begin_transaction()
    send(target, topic, ["x"])
    send(shared_producer(), topic, ["y"])
    result = {"open": views(topic)}
    target.commit_transaction(PATIENCE_S)
    result["ended"] = settled_views(topic)
    return result


def interleaved():
    """Two producers in one partition, both aborted in part: the aborted list must be right for both."""
    topic = create("txn-interleaved")
    one, two = transactional("txn-one"), transactional("txn-two")
    one.begin_transaction()
    two.begin_transaction()
    send(one, topic, ["1a"])
    send(two, topic, ["2a"])
    send(one, topic, ["1b"])
    one.abort_transaction(PATIENCE_S)
    one.begin_transaction()
    send(one, topic, ["1c"])
    two.abort_transaction(PATIENCE_S)
    send(one, topic, ["1d"])
    one.commit_transaction(PATIENCE_S)
    return settled_views(topic)


def offsets():
    source, output, group = create("txn-source"), create("txn-output"), name("txn-offsets")
    send(shared_producer(), source, ["a", "b", "c"])
    member = consumer(group)
    member.subscribe([source])
    wait_until("assigned", lambda: len(member.assignment()) == 1, lambda: member.poll(0.1))
    target = transactional("txn-offsets")
    result = {}
    for end in ("abort", "commit"):
        target.begin_transaction()
        send(target, output, [end])
        position = [TopicPartition(source, 0, 3)]
        target.send_offsets_to_transaction(position, member.consumer_group_metadata(), PATIENCE_S)
        (target.abort_transaction if end == "abort" else target.commit_transaction)(PATIENCE_S)
        if end == "commit":
            wait_until("the marker", lambda: committed(group, source) == 3)
        result[f"after {end}"] = committed(group, source)
    stale = member.consumer_group_metadata()
    member.close()
    target.begin_transaction()
    result["from a member that left"] = outcome(
        lambda: target.send_offsets_to_transaction([TopicPartition(source, 0, 1)], stale, PATIENCE_S)
    )
    target.abort_transaction(PATIENCE_S)
    return {**result, "at last": committed(group, source), "output": values(read(output, "read_committed"))}


def outcome(act):
    """The error with what the application may do about it."""
    try:
        act()
        return None
    except KafkaException as exception:
        error = exception.args[0]
        return [error.name(), error.fatal(), error.retriable(), error.txn_requires_abort()]


def fencing():
    topic = create("txn-fencing")
    zombie = transactional("txn-fencing")
    zombie.begin_transaction()
    send(zombie, topic, ["zombie"])
    successor = transactional("txn-fencing")
    result = {"commit": outcome(lambda: zombie.commit_transaction(PATIENCE_S))}
    result["begin"] = outcome(zombie.begin_transaction)
    successor.begin_transaction()
    send(successor, topic, ["successor"])
    successor.commit_transaction(PATIENCE_S)
    return {**result, **settled_views(topic)}


def fencing_at_send():
    topic = create("txn-fencing-send")
    zombie = transactional("txn-fencing-send")
    zombie.begin_transaction()
    send(zombie, topic, ["zombie"])
    transactional("txn-fencing-send")
    # No callback for the delivery: with a fatal error this client calls it with an exception already set.
    zombie.produce(topic, "late", partition=0)
    result = {"send": outcome(lambda: zombie.flush(PATIENCE_S))}
    return {**result, "commit": outcome(lambda: zombie.commit_transaction(PATIENCE_S)), **settled_views(topic)}


def time_out():
    topic = create("txn-time-out")
    target = transactional("txn-time-out", transaction_timeout_ms=4000, socket_timeout_ms=4000)
    target.begin_transaction()
    send(target, topic, ["late"])
    wait_until("aborted by the coordinator", lambda: last_stable(topic) == 2, lambda: time.sleep(0.1))
    return {"commit": outcome(lambda: target.commit_transaction(PATIENCE_S)), **settled_views(topic)}


def lost_response(api):
    def check():
        topic = create(f"txn-lost-{api}")
        identity = {"bootstrap_servers": LOSSY, "client_id": f"lose-{api}-1.{PREFIX}"}
        target = transactional(f"txn-lost-{api}", **identity)
        target.begin_transaction()
        send(target, topic, ["a", "b"])
        target.commit_transaction(PATIENCE_S)
        return settled_views(topic)

    return check


CHECKS = {
    "transactions: commit and abort": ends,
    "transactions: open": open_transaction,
    "transactions: interleaved": interleaved,
    "transactions: offsets": offsets,
    "transactions: fencing at commit": fencing,
    "transactions: fencing at send": fencing_at_send,
    "transactions: time-out": time_out,
    "transactions: lost response of Produce": lost_response("Produce"),
    "transactions: lost response of EndTxn": lost_response("EndTxn"),
}
