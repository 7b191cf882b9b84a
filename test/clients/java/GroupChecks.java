import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Groups: rebalance, static members, a member that closes, one that crashes, offsets that outlive it. */
final class GroupChecks {
    private static final int LONG_MS = 30_000;
    private static final int SHORT_MS = 1_500;

    private GroupChecks() {}

    static void addTo(Map<String, Callable<Object>> checks) {
        checks.put("groups: rebalance and close", GroupChecks::rebalance);
        checks.put("groups: static member", GroupChecks::staticMember);
        checks.put("groups: crash", GroupChecks::crash);
        checks.put("groups: positions", GroupChecks::positions);
        checks.put("groups: late commit", GroupChecks::lateCommit);
    }

    /** A consumer that counts how often its assignment changes, and keeps what it has read. */
    static final class Member implements AutoCloseable {
        final KafkaConsumer<String, String> consumer;
        final List<String> seen = new ArrayList<>();
        int changes = 0;

        Member(String group, String topic, int sessionMs, Map<String, ?> more) {
            Map<String, Object> settings = new HashMap<>(Map.of("session.timeout.ms", sessionMs));
            settings.put("heartbeat.interval.ms", 300);
            settings.putAll(more);
            consumer = Support.consumer(group, settings);
            consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    changes++;
                }

                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    changes++;
                }
            });
        }

        void poll() {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> seen.add(record.value()));
        }

        int size() {
            return consumer.assignment().size();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private static Support.Act polled(Member... members) {
        return () -> {
            for (Member member : members) member.poll();
        };
    }

    private static Object rebalance() throws Exception {
        String topic = Support.create("rebalance", 4, Map.of());
        Map<String, Object> found = new LinkedHashMap<>();
        for (String assignor : List.of("RangeAssignor", "RoundRobinAssignor", "CooperativeStickyAssignor")) {
            found.put(assignor, spread(topic, assignor));
        }
        return found;
    }

    private static Object spread(String topic, String assignor) throws Exception {
        String group = Support.name("rebalance-" + assignor);
        var strategy = Map.of("partition.assignment.strategy", "org.apache.kafka.clients.consumer." + assignor);
        try (Member one = new Member(group, topic, LONG_MS, strategy)) {
            Support.waitUntil("alone", () -> one.size() == 4, polled(one));
            Member two = new Member(group, topic, LONG_MS, strategy);
            Support.waitUntil("shared", () -> one.size() == 2 && two.size() == 2, polled(one, two));
            Set<TopicPartition> all = new HashSet<>(one.consumer.assignment());
            all.addAll(two.consumer.assignment());
            long started = System.nanoTime();
            two.close();
            Support.waitUntil("alone again", () -> one.size() == 4, polled(one));
            boolean atOnce = System.nanoTime() - started < 10_000_000_000L;
            return Support.result("shared by two", all.size(), "after a close", one.size(), "at once", atOnce);
        }
    }

    private static Object staticMember() throws Exception {
        String topic = Support.create("static", 4, Map.of());
        String group = Support.name("static");
        try (Member one = new Member(group, topic, LONG_MS, Map.of("group.instance.id", "one"))) {
            Member two = new Member(group, topic, LONG_MS, Map.of("group.instance.id", "two"));
            Support.waitUntil("shared", () -> one.size() == 2 && two.size() == 2, polled(one, two));
            Set<TopicPartition> before = two.consumer.assignment();
            int changes = one.changes;
            two.close();
            try (Member again = new Member(group, topic, LONG_MS, Map.of("group.instance.id", "two"))) {
                Support.waitUntil("back", () -> again.size() == 2, polled(one, again));
                boolean same = again.consumer.assignment().equals(before);
                int rebalances = one.changes - changes;
                try (Member twin = new Member(group, topic, LONG_MS, Map.of("group.instance.id", "two"))) {
                    String fenced = Support.errorOf(() -> Support.waitUntil("never", () -> false, polled(one, twin, again)));
                    return Support.result("same partitions", same, "rebalances of the other", rebalances, "fenced", fenced);
                }
            }
        }
    }

    private static Object crash() throws Exception {
        String topic = Support.create("crash", 2, Map.of());
        String group = Support.name("crash");
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = System.getProperty("java.class.path");
        var command = List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, "Program", "member", group, topic, "" + SHORT_MS);
        Process child = new ProcessBuilder(command).start();
        String alone = new BufferedReader(new InputStreamReader(child.getInputStream())).readLine();
        try (Member one = new Member(group, topic, SHORT_MS, Map.of())) {
            Support.waitUntil("shared", () -> one.size() == 1, polled(one));
            child.destroyForcibly().waitFor();
            long killed = System.nanoTime();
            Support.waitUntil("takeover", () -> one.size() == 2, polled(one));
            long waitedMs = (System.nanoTime() - killed) / 1_000_000;
            // The last heartbeat of the dead member came up to one interval before it was killed.
            return Support.result("alone", alone, "takeover", one.size(), "after its session", waitedMs > SHORT_MS - 600);
        }
    }

    /** The one that is killed: says what it was given, and goes on. */
    static void member(String group, String topic, int sessionMs) {
        Member one = new Member(group, topic, sessionMs, Map.of());
        int said = 0;
        while (true) {
            one.poll();
            if (one.size() == said) continue;
            said = one.size();
            System.out.println(said);
        }
    }

    private static Object positions() throws Exception {
        String topic = Support.create("positions");
        String group = Support.name("positions");
        TopicPartition partition = new TopicPartition(topic, 0);
        Support.send(Support.shared(), topic, "a", "b", "c", "d", "e", "f");
        List<Object> seen = new ArrayList<>();
        for (int part = 1; part <= 2; part++) {
            try (Member one = new Member(group, topic, LONG_MS, Map.of("max.poll.records", 3))) {
                Support.waitUntil("three", () -> one.seen.size() == 3, one::poll);
                one.consumer.commitSync();
                seen.add(one.seen);
                seen.add(one.consumer.committed(Set.of(partition)).get(partition).offset());
            }
        }
        return Support.result("seen", seen);
    }

    /** A member that did not poll for too long is out, and its commit is refused. */
    private static Object lateCommit() throws Exception {
        String topic = Support.create("late-commit");
        String group = Support.name("late-commit");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Member slow = new Member(group, topic, SHORT_MS, Map.of("max.poll.interval.ms", SHORT_MS));
                Member quick = new Member(group, topic, LONG_MS, Map.of())) {
            Support.waitUntil("alone", () -> slow.size() == 1, polled(slow));
            Support.waitUntil("takeover", () -> quick.size() == 1, polled(quick));
            String late = Support.errorOf(() -> slow.consumer.commitSync(Map.of(partition, new OffsetAndMetadata(5))));
            quick.consumer.commitSync(Map.of(partition, new OffsetAndMetadata(6)));
            return Support.result("commit", late, "committed", AdminChecks.committed(group, topic));
        }
    }
}
