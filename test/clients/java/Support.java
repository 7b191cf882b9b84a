import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What every check needs: clients with this run's settings, names, and a reader that ends at the end of the log. */
final class Support {
    static final String BOOTSTRAP = System.getenv("LAB_BOOTSTRAP");
    static final String LOSSY = System.getenv("LAB_LOSSY");
    static final String PREFIX = System.getenv("LAB_PREFIX");
    static final Admin ADMIN = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static KafkaProducer<String, String> shared;

    private Support() {}

    interface Act {
        void run() throws Exception;
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static String name(String check) {
        return PREFIX + "." + check;
    }

    static KafkaProducer<String, String> producer(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", BOOTSTRAP, "linger.ms", 0));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** For records that are only there to be read. */
    static KafkaProducer<String, String> shared() {
        if (shared == null) shared = producer(Map.of());
        return shared;
    }

    static KafkaConsumer<String, String> consumer(String group, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", BOOTSTRAP, "group.id", group));
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** The class of the error that the act ends with, or null. */
    static String errorOf(Act act) {
        try {
            act.run();
            return null;
        } catch (ExecutionException wrapped) {
            return wrapped.getCause().getClass().getSimpleName();
        } catch (Exception error) {
            return error.getClass().getSimpleName();
        }
    }

    static String create(String check, int partitions, Map<String, String> config) throws Exception {
        String topic = name(check);
        ADMIN.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config))).all().get();
        // Apache Kafka answers when its controller knows the topic; the broker learns of it a moment later.
        waitUntil("created", () -> ADMIN.listTopics().names().get().contains(topic), () -> Thread.sleep(20));
        return topic;
    }

    static String create(String check) throws Exception {
        return create(check, 1, Map.of());
    }

    /** Sends one after the other and awaits each acknowledgement; returns the offsets. */
    static List<Long> send(KafkaProducer<String, String> target, String topic, String... values) throws Exception {
        List<Long> offsets = new ArrayList<>();
        for (String value : values) {
            offsets.add(target.send(new ProducerRecord<>(topic, 0, null, value)).get().offset());
        }
        return offsets;
    }

    /** Every record that a new reader sees from `start` to the end of partition 0. */
    static List<ConsumerRecord<String, String>> read(String topic, String isolation, long start) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, String>> seen = new ArrayList<>();
        try (var reader = consumer(name("reader"), Map.of("isolation.level", isolation))) {
            reader.assign(List.of(partition));
            reader.seek(partition, start);
            long end = reader.endOffsets(Set.of(partition)).get(partition);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (reader.position(partition) < end) {
                if (System.nanoTime() > deadline) throw new IllegalStateException("no end of " + topic);
                reader.poll(Duration.ofMillis(100)).forEach(seen::add);
            }
        }
        return seen;
    }

    static List<String> values(List<ConsumerRecord<String, String>> records) {
        List<String> values = new ArrayList<>();
        for (var record : records) values.add(record.value());
        return values;
    }

    static void waitUntil(String what, Condition condition, Act tick) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("not within time: " + what);
            tick.run();
        }
    }

    /** A map in the order of its arguments: name, value, name, value. */
    static Map<String, Object> result(Object... pairs) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) made.put((String) pairs[index], pairs[index + 1]);
        return made;
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((key, item) -> parts.add(json(String.valueOf(key)) + ": " + json(item)));
            return "{" + String.join(", ", parts) + "}";
        }
        if (value instanceof Iterable<?> items) {
            List<String> parts = new ArrayList<>();
            items.forEach(item -> parts.add(json(item)));
            return "[" + String.join(", ", parts) + "]";
        }
        StringBuilder text = new StringBuilder("\"");
        for (char letter : value.toString().toCharArray()) {
            if (letter == '"' || letter == '\\') text.append('\\').append(letter);
            else if (letter < ' ') text.append(String.format("\\u%04x", (int) letter));
            else text.append(letter);
        }
        return text.append('"').toString();
    }
}
