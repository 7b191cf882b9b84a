"""Groups: rebalance, static members, a member that closes, one that crashes, offsets that outlive it."""

import os
import subprocess
import sys
import time

from confluent_kafka import KafkaException, TopicPartition

from support import consumer, create, name, send, shared_producer, wait_until

LONG_MS = 30_000
SHORT_MS = 1_500


class Member:
    """A consumer that counts how often its assignment changes."""

    def __init__(self, group, topic, session_ms=LONG_MS, **more):
        heartbeat = {"session_timeout_ms": session_ms, "heartbeat_interval_ms": 300}
        self.changes = 0
        self.errors = []
        self.consumer = consumer(group, **{**heartbeat, **more})
        self.consumer.subscribe([topic], on_assign=self.changed, on_revoke=self.changed)

    def changed(self, *_):
        self.changes += 1

    def poll(self):
        message = self.consumer.poll(0.05)
        if message is not None and message.error() is not None:
            self.errors.append(message.error().name())

    def size(self):
        return len(self.consumer.assignment())

    def partitions(self):
        return sorted(found.partition for found in self.consumer.assignment())

    def close(self):
        self.consumer.close()


def poll(*members):
    def once():
        for member in members:
            member.poll()

    return once


def sizes(*members):
    return sorted(member.size() for member in members)


def spread(group, topic, strategy):
    more = {"partition_assignment_strategy": strategy}
    one = Member(group, topic, **more)
    wait_until("alone", lambda: one.size() == 4, poll(one))
    two = Member(group, topic, **more)
    wait_until("shared", lambda: sizes(one, two) == [2, 2], poll(one, two))
    overlap = set(one.partitions()) & set(two.partitions())
    started = time.monotonic()
    two.close()
    wait_until("alone again", lambda: one.size() == 4, poll(one))
    promptly = time.monotonic() - started < 10
    one.close()
    return {"alone": 4, "shared": [2, 2], "overlap": sorted(overlap), "after a close": 4, "at once": promptly}


def rebalance():
    topic = create("rebalance", 4)
    strategies = ["range", "roundrobin", "cooperative-sticky"]
    return {strategy: spread(name(f"rebalance-{strategy}"), topic, strategy) for strategy in strategies}


def static_member():
    topic, group = create("static", 4), name("static")
    one = Member(group, topic, group_instance_id="one")
    two = Member(group, topic, group_instance_id="two")
    wait_until("shared", lambda: sizes(one, two) == [2, 2], poll(one, two))
    before, changes = two.partitions(), one.changes
    two.close()
    again = Member(group, topic, group_instance_id="two")
    wait_until("back", lambda: again.size() == 2, poll(one, again))
    result = {"same partitions": again.partitions() == before, "rebalances of the other": one.changes - changes}
    third = Member(group, topic, group_instance_id="two")
    wait_until("fenced", lambda: bool(again.errors), poll(one, again, third))
    for member in (one, again, third):
        member.close()
    return {**result, "fenced by its twin": again.errors[:1]}


def crash():
    topic, group = create("crash", 2), name("crash")
    child = subprocess.Popen(
        [sys.executable, os.path.join(os.path.dirname(__file__), "program.py"), "member", group, topic, str(SHORT_MS)],
        stdout=subprocess.PIPE,
        text=True,
    )
    alone = child.stdout.readline().strip()
    one = Member(group, topic, SHORT_MS)
    wait_until("shared", lambda: one.size() == 1, poll(one))
    child.kill()
    child.wait()
    killed = time.monotonic()
    wait_until("takeover", lambda: one.size() == 2, poll(one))
    waited_ms = (time.monotonic() - killed) * 1000
    one.close()
    # The last heartbeat of the dead member came up to one interval before it was killed.
    return {"alone": alone, "takeover": 2, "after its session": waited_ms > SHORT_MS - 600}


def member(group, topic, session_ms):
    """The one that is killed: says what it was given, and goes on."""
    one = Member(group, topic, int(session_ms))
    said = 0
    while True:
        poll(one)()
        if one.size() != said:
            said = one.size()
            print(said, flush=True)


def positions():
    topic, group = create("positions"), name("positions")
    send(shared_producer(), topic, list("abcdef"))
    seen = []
    for _ in range(2):
        one = Member(group, topic)
        part = []

        def take():
            message = one.consumer.poll(0.1)
            if message is not None and message.error() is None:
                part.append(message.value().decode())

        wait_until("three", lambda: len(part) >= 3, take)
        one.consumer.commit(offsets=[TopicPartition(topic, 0, len(seen) * 3 + 3)], asynchronous=False)
        one.close()
        seen.append(part[:3])
    return {"seen": seen}


def late_commit():
    """A member that did not poll for too long is out, and its commit is refused."""
    topic, group = create("late-commit"), name("late-commit")
    slow = Member(group, topic, SHORT_MS, max_poll_interval_ms=SHORT_MS)
    wait_until("alone", lambda: slow.size() == 1, poll(slow))
    quick = Member(group, topic)
    wait_until("takeover", lambda: quick.size() == 1, poll(quick))
    try:
        slow.consumer.commit(offsets=[TopicPartition(topic, 0, 5)], asynchronous=False)
        outcome = None
    except KafkaException as exception:
        outcome = exception.args[0].name()
    quick.consumer.commit(offsets=[TopicPartition(topic, 0, 6)], asynchronous=False)
    found = quick.consumer.committed([TopicPartition(topic, 0)])[0].offset
    quick.close()
    slow.close()
    return {"commit": outcome, "committed": found}


CHECKS = {
    "groups: rebalance and close": rebalance,
    "groups: static member": static_member,
    "groups: crash": crash,
    "groups: positions": positions,
    "groups: late commit": late_commit,
}
