"""How fast confluent-kafka works with a broker: one JSON object in, one out, times taken inside so that Python's start is no part of them."""

import json
import statistics
import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition

SINGLE_RECORDS = 200
TRANSACTIONS = 50


def main() -> None:
    order = json.loads(sys.argv[1])
    servers, topic = order["bootstrapServers"], order["topic"]
    value, count = b"x" * order["bytes"], order["count"]
    rates = {
        "produced": count / produce(servers, topic, value, count),
        "consumed": count / consume(servers, topic, count),
        "latencyMs": 1000 * statistics.median(latencies(servers, topic, value)),
        "transactions": TRANSACTIONS / transactions(servers, topic, value),
    }
    print(json.dumps(rates))


def produce(servers: str, topic: str, value: bytes, count: int) -> float:
    """Seconds from the first record to the last acknowledgement, with acks=all."""
    producer = Producer({"bootstrap.servers": servers, "acks": "all", "queue.buffering.max.messages": count + 1})
    producer.list_topics(topic, 10)
    failed = []
    began = time.perf_counter()
    for _ in range(count):
        producer.produce(topic, value, on_delivery=lambda error, _: error and failed.append(error))
        producer.poll(0)
    left = producer.flush(60)
    took = time.perf_counter() - began
    if left > 0 or failed:
        raise RuntimeError(f"{left} not acknowledged, {len(failed)} failed: {failed[:1]}")
    return took


def consume(servers: str, topic: str, count: int) -> float:
    """Seconds from the assignment to the last record."""
    consumer = Consumer({"bootstrap.servers": servers, "group.id": f"{topic}.readers", "enable.auto.commit": False})
    began = time.perf_counter()
    consumer.assign([TopicPartition(topic, 0, 0)])
    seen = 0
    while seen < count:
        messages = consumer.consume(10_000, timeout=10)
        if not messages:
            raise RuntimeError(f"{seen} of {count} came")
        seen += len(messages)
    took = time.perf_counter() - began
    consumer.close()
    return took


def latencies(servers: str, topic: str, value: bytes) -> list[float]:
    """Seconds from the call to the acknowledgement, one record after the other."""
    producer = Producer({"bootstrap.servers": servers, "acks": "all", "linger.ms": 0})
    producer.list_topics(topic, 10)
    took = []
    for _ in range(SINGLE_RECORDS):
        began = time.perf_counter()
        producer.produce(topic, value)
        producer.flush(10)
        took.append(time.perf_counter() - began)
    return took


def transactions(servers: str, topic: str, value: bytes) -> float:
    """Seconds for all of them, one after the other."""
    producer = Producer({"bootstrap.servers": servers, "transactional.id": f"{topic}.writer", "linger.ms": 0})
    producer.init_transactions(30)
    began = time.perf_counter()
    for _ in range(TRANSACTIONS):
        producer.begin_transaction()
        producer.produce(topic, value)
        producer.commit_transaction(30)
    return time.perf_counter() - began


main()
