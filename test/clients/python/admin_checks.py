"""Topics, partitions, configurations, groups, offsets: what an operator's program does."""

from confluent_kafka import ConsumerGroupTopicPartitions, IsolationLevel, TopicPartition
from confluent_kafka.admin import (
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from support import PATIENCE_S, admin, consumer, create, error_name, name, read, send, shared_producer, values, wait_until


def only(futures):
    return next(iter(futures.values())).result(PATIENCE_S)


def described(topic):
    partitions = admin().list_topics(topic, timeout=PATIENCE_S).topics[topic].partitions
    return [[number, len(found.replicas), len(found.isrs)] for number, found in sorted(partitions.items())]


def topics():
    topic = name("topics")
    make = lambda *arguments: lambda: only(admin().create_topics([NewTopic(*arguments)]))
    make(topic, 2, 1)()
    return {
        "partitions": described(topic),
        "listed": topic in admin().list_topics(timeout=PATIENCE_S).topics,
        "again": error_name(make(topic, 2, 1)),
        "bad name": error_name(make(name("not a name"), 1, 1)),
        "no partitions": error_name(make(name("none"), 0, 1)),
        "too many replicas": error_name(make(name("many"), 1, 99)),
        "bad config": error_name(lambda: create("bad", 1, **{"retention.ms": "soon"})),
    }


def partitions():
    topic = create("partitions", 2)
    grow = lambda which, count: lambda: only(admin().create_partitions([NewPartitions(which, count)]))
    grow(topic, 4)()
    wait_until("grown", lambda: len(described(topic)) == 4)
    return {
        "after": described(topic),
        "fewer": error_name(grow(topic, 3)),
        "unknown": error_name(grow(name("nowhere"), 3)),
    }


SHOWN = [
    "retention.ms",
    "cleanup.policy",
    "max.message.bytes",
    "unclean.leader.election.enable",
    "message.timestamp.type",
    "compression.type",
]


def config_of(topic):
    entries = only(admin().describe_configs([ConfigResource(ResourceType.TOPIC, topic)]))
    return {key: [entries[key].value, entries[key].source, entries[key].is_read_only] for key in SHOWN}


def alter(topic, key, value, operation):
    entry = ConfigEntry(key, value, incremental_operation=operation)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    return lambda: only(admin().incremental_alter_configs([resource]))


def configs():
    topic = create("configs", 1, **{"retention.ms": "1234567"})
    result = {"created": config_of(topic)}
    alter(topic, "cleanup.policy", "compact", AlterConfigOpType.APPEND)()
    alter(topic, "retention.ms", None, AlterConfigOpType.DELETE)()
    alter(topic, "min.insync.replicas", "1", AlterConfigOpType.SET)()
    changed = ["cleanup.policy", "retention.ms"]
    wait_until("altered", lambda: all(config_of(topic)[key] != result["created"][key] for key in changed))
    result["altered"] = config_of(topic)
    result["bad value"] = error_name(alter(topic, "retention.ms", "soon", AlterConfigOpType.SET))
    result["bad name"] = error_name(alter(topic, "retention.parsecs", "1", AlterConfigOpType.SET))
    result["unknown topic"] = error_name(lambda: config_of(name("nowhere")))
    return result


def offset_at(topic, spec, isolation=IsolationLevel.READ_UNCOMMITTED):
    found = only(admin().list_offsets({TopicPartition(topic, 0): spec}, isolation_level=isolation))
    return found.offset


def offsets():
    topic = create("offsets")
    for number in range(5):
        send(shared_producer(), topic, [f"v{number}"], timestamp=1_000_000 * (number + 1))
    return {
        "earliest": offset_at(topic, OffsetSpec.earliest()),
        "latest": offset_at(topic, OffsetSpec.latest()),
        "between": offset_at(topic, OffsetSpec.for_timestamp(2_500_000)),
        "exactly": offset_at(topic, OffsetSpec.for_timestamp(3_000_000)),
        "after all": offset_at(topic, OffsetSpec.for_timestamp(9_000_000)),
        "greatest time": offset_at(topic, OffsetSpec.max_timestamp()),
        "unknown": error_name(lambda: offset_at(name("nowhere"), OffsetSpec.latest())),
    }


def delete_records():
    topic = create("delete-records")
    send(shared_producer(), topic, [f"v{number}" for number in range(5)])
    delete = lambda before: only(admin().delete_records([TopicPartition(topic, 0, before)]))
    return {
        "low": delete(3).low_watermark,
        "earliest": offset_at(topic, OffsetSpec.earliest()),
        "left": values(read(topic, start=3)),
        "before the start": delete(1).low_watermark,
        "beyond the end": error_name(lambda: delete(99)),
    }


def state(group):
    found = only(admin().describe_consumer_groups([group]))
    return [found.state.name, found.partition_assignor, len(found.members), found.is_simple_consumer_group]


def committed(group, topic):
    request = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0)])
    return only(admin().list_consumer_group_offsets([request])).topic_partitions[0].offset


def groups():
    topic, group = create("groups"), name("groups")
    send(shared_producer(), topic, ["a", "b", "c"])
    member = consumer(group)
    member.subscribe([topic])
    wait_until("assigned", lambda: len(member.assignment()) == 1, lambda: member.poll(0.1))
    member.commit(offsets=[TopicPartition(topic, 0, 2)], asynchronous=False)
    alter_to = lambda offset: lambda: only(
        admin().alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, offset)])])
    )
    delete = lambda which: lambda: only(admin().delete_consumer_groups([which]))
    result = {"stable": state(group), "committed": committed(group, topic)}
    result["deleted while in use"] = error_name(delete(group))
    member.close()
    result["empty"] = state(group)
    listed = admin().list_consumer_groups().result(PATIENCE_S).valid
    result["listed"] = [[one.state.name, one.is_simple_consumer_group] for one in listed if one.group_id == group]
    alter_to(1)()
    result["altered"] = committed(group, topic)
    delete(group)()
    result["deleted"] = state(group)
    result["forgotten"] = committed(group, topic)
    result["deleted again"] = error_name(delete(group))
    return result


def delete_topics():
    topic = create("delete-topics")
    delete = lambda: only(admin().delete_topics([topic]))
    delete()
    wait_until("gone", lambda: topic not in admin().list_topics(timeout=PATIENCE_S).topics)
    return {"again": error_name(delete)}


CHECKS = {
    "admin: topics": topics,
    "admin: partitions": partitions,
    "admin: configurations": configs,
    "admin: offsets": offsets,
    "admin: delete records": delete_records,
    "admin: groups": groups,
    "admin: delete topics": delete_topics,
}
