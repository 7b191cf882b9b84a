import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records as they come back: every compression, and what a lost response does with and without idempotence. */
final class RecordChecks {
    private RecordChecks() {}

    static void addTo(Map<String, Callable<Object>> checks) {
        for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            checks.put("records: " + codec, () -> codec(codec));
        }
        checks.put("records: lost response, idempotent", () -> lostResponse(true));
        checks.put("records: lost response, not idempotent", () -> lostResponse(false));
        checks.put("records: out of range", RecordChecks::outOfRange);
        checks.put("records: refused", RecordChecks::refused);
    }

    private static Object codec(String codec) throws Exception {
        String topic = Support.create("codec-" + codec);
        try (var batching = Support.producer(Map.of("compression.type", codec, "linger.ms", 200))) {
            for (int number = 0; number < 50; number++) {
                String value = number == 7 ? null : "value " + number + " " + "x".repeat(200);
                var record = new ProducerRecord<>(topic, 0, 1000L + number, "k" + number % 3, value);
                record.headers().add("one", "1".getBytes()).add(new RecordHeader("none", (byte[]) null));
                batching.send(record);
            }
        }
        List<Object> rows = new ArrayList<>();
        for (var record : Support.read(topic, "read_uncommitted", 0)) {
            String value = record.value() == null ? "null" : record.value().replace("x", "");
            rows.add(List.of(record.offset(), record.timestamp(), record.key(), value, headers(record.headers())));
        }
        return Support.result("records", rows);
    }

    private static List<String> headers(Iterable<org.apache.kafka.common.header.Header> headers) {
        List<String> shown = new ArrayList<>();
        for (var header : headers) {
            shown.add(header.key() + "=" + (header.value() == null ? "null" : new String(header.value())));
        }
        return shown;
    }

    /** The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts. */
    private static Object lostResponse(boolean idempotent) throws Exception {
        String topic = Support.create("lost-" + idempotent);
        var settings = Map.of(
            "bootstrap.servers", Support.LOSSY,
            "client.id", "lose-Produce-1." + Support.PREFIX + "." + idempotent,
            "enable.idempotence", idempotent);
        try (var sender = Support.producer(settings)) {
            List<Long> offsets = Support.send(sender, topic, "a", "b", "c");
            List<String> log = Support.values(Support.read(topic, "read_uncommitted", 0));
            return Support.result("acknowledged", offsets, "in the log", log);
        }
    }

    private static Object outOfRange() throws Exception {
        Map<String, Object> found = new LinkedHashMap<>();
        for (String policy : List.of("earliest", "latest", "none")) found.put(policy, reset(policy));
        return found;
    }

    /** Where a reader goes on whose position was never reached: the position it takes, or its error. */
    private static Object reset(String policy) throws Exception {
        String topic = Support.create("reset-" + policy);
        TopicPartition partition = new TopicPartition(topic, 0);
        Support.send(Support.shared(), topic, "a", "b", "c");
        try (var reader = Support.consumer(Support.name("reset"), Map.of("auto.offset.reset", policy))) {
            reader.assign(List.of(partition));
            reader.seek(partition, 99);
            List<String> seen = new ArrayList<>();
            String error = Support.errorOf(() ->
                Support.waitUntil("an end", () -> reader.position(partition) == 3, () ->
                    reader.poll(Duration.ofMillis(50)).forEach(record -> seen.add(record.value()))));
            return Support.result("error", error, "seen", seen);
        }
    }

    /** What a producer is told that asks for what cannot be. */
    private static Object refused() throws Exception {
        String topic = Support.create("refused", 1, Map.of("max.message.bytes", "1000"));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("too large", Support.errorOf(() -> Support.send(Support.shared(), topic, "x".repeat(5000))));
        try (var impatient = Support.producer(Map.of("max.block.ms", 1500))) {
            found.put("no such partition", Support.errorOf(() -> impatient.send(new ProducerRecord<>(topic, 7, null, "x")).get()));
            String created = Support.name("created-on-demand");
            found.put("no such topic", Support.send(Support.shared(), created, "x"));
        }
        for (String acks : List.of("0", "1")) {
            try (var target = Support.producer(Map.of("acks", acks, "enable.idempotence", false))) {
                found.put("acks " + acks, Support.send(target, topic, acks));
            }
        }
        // The acknowledgement of acks=0 comes before the record.
        Support.waitUntil("both", () -> Support.values(Support.read(topic, "read_uncommitted", 0)).size() == 2, () -> {});
        found.put("in the log", Support.values(Support.read(topic, "read_uncommitted", 0)));
        return found;
    }
}
