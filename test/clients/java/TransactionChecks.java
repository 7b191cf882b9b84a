import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Transactions: what each isolation level sees, offsets within, fencing, time-out. */
final class TransactionChecks {
    private TransactionChecks() {}

    static void addTo(Map<String, Callable<Object>> checks) {
        checks.put("transactions: commit and abort", TransactionChecks::ends);
        checks.put("transactions: open", TransactionChecks::open);
        checks.put("transactions: interleaved", TransactionChecks::interleaved);
        checks.put("transactions: offsets", TransactionChecks::offsets);
        checks.put("transactions: fencing at commit", TransactionChecks::fencingAtCommit);
        checks.put("transactions: fencing at send", TransactionChecks::fencingAtSend);
        checks.put("transactions: time-out", TransactionChecks::timeOut);
        checks.put("transactions: lost response of Produce", () -> lostResponse("Produce"));
        checks.put("transactions: lost response of EndTxn", () -> lostResponse("EndTxn"));
    }

    private static KafkaProducer<String, String> transactional(String check, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("transactional.id", Support.name(check));
        var made = Support.producer(settings);
        made.initTransactions();
        return made;
    }

    private static long lastStable(String topic) throws Exception {
        return AdminChecks.offsetAt(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    private static long end(String topic) throws Exception {
        return AdminChecks.offsetAt(topic, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private static Map<String, Object> views(String topic) throws Exception {
        return Support.result(
            "committed", Support.values(Support.read(topic, "read_committed", 0)),
            "uncommitted", Support.values(Support.read(topic, "read_uncommitted", 0)),
            "last stable offset", lastStable(topic),
            "end", end(topic));
    }

    /** After the markers: Apache Kafka answers EndTxn before it writes them. */
    private static Map<String, Object> settledViews(String topic) throws Exception {
        Support.waitUntil("markers", () -> lastStable(topic) == end(topic), () -> Thread.sleep(20));
        return views(topic);
    }

    private static Object ends() throws Exception {
        String topic = Support.create("txn-ends");
        try (var target = transactional("txn-ends", Map.of())) {
            target.beginTransaction();
            Support.send(target, topic, "a", "b");
            target.commitTransaction();
            target.beginTransaction();
            Support.send(target, topic, "c");
            target.abortTransaction();
            target.beginTransaction();
            Support.send(target, topic, "d");
            target.commitTransaction();
            target.beginTransaction();
            target.commitTransaction();
            return settledViews(topic);
        }
    }

    private static Object open() throws Exception {
        String topic = Support.create("txn-open");
        try (var target = transactional("txn-open", Map.of())) {
            target.beginTransaction();
            Support.send(target, topic, "x");
            Support.send(Support.shared(), topic, "y");
            Object before = views(topic);
            target.commitTransaction();
            return Support.result("open", before, "ended", settledViews(topic));
        }
    }

    /** Two producers in one partition, both aborted in part: the aborted list must be right for both. */
    private static Object interleaved() throws Exception {
        String topic = Support.create("txn-interleaved");
        try (var one = transactional("txn-one", Map.of()); var two = transactional("txn-two", Map.of())) {
            one.beginTransaction();
            two.beginTransaction();
            Support.send(one, topic, "1a");
            Support.send(two, topic, "2a");
            Support.send(one, topic, "1b");
            one.abortTransaction();
            one.beginTransaction();
            Support.send(one, topic, "1c");
            two.abortTransaction();
            Support.send(one, topic, "1d");
            one.commitTransaction();
            return settledViews(topic);
        }
    }

    private static Object offsets() throws Exception {
        String source = Support.create("txn-source");
        String output = Support.create("txn-output");
        String group = Support.name("txn-offsets");
        Map<TopicPartition, OffsetAndMetadata> three = Map.of(new TopicPartition(source, 0), new OffsetAndMetadata(3));
        Map<String, Object> found = new LinkedHashMap<>();
        Support.send(Support.shared(), source, "a", "b", "c");
        try (var target = transactional("txn-offsets", Map.of())) {
            var member = new GroupChecks.Member(group, source, 30_000, Map.of());
            Support.waitUntil("assigned", () -> member.size() == 1, member::poll);
            target.beginTransaction();
            Support.send(target, output, "abort");
            target.sendOffsetsToTransaction(three, member.consumer.groupMetadata());
            target.abortTransaction();
            found.put("after abort", AdminChecks.committed(group, source));
            target.beginTransaction();
            Support.send(target, output, "commit");
            target.sendOffsetsToTransaction(three, member.consumer.groupMetadata());
            target.commitTransaction();
            // Kafka refuses to tell an offset that is pending (88), and the client asks again.
            Support.waitUntil("the marker", () -> Long.valueOf(3).equals(AdminChecks.committed(group, source)), () -> Thread.sleep(20));
            var stale = member.consumer.groupMetadata();
            member.close();
            target.beginTransaction();
            found.put("from a member that left", Support.errorOf(() -> target.sendOffsetsToTransaction(three, stale)));
            target.abortTransaction();
        }
        found.put("at last", AdminChecks.committed(group, source));
        found.put("output", Support.values(Support.read(output, "read_committed", 0)));
        return found;
    }

    private static Object fencingAtCommit() throws Exception {
        String topic = Support.create("txn-fencing");
        try (var zombie = transactional("txn-fencing", Map.of())) {
            zombie.beginTransaction();
            Support.send(zombie, topic, "zombie");
            try (var successor = transactional("txn-fencing", Map.of())) {
                String commit = Support.errorOf(zombie::commitTransaction);
                String abort = Support.errorOf(zombie::abortTransaction);
                successor.beginTransaction();
                Support.send(successor, topic, "successor");
                successor.commitTransaction();
                return Support.result("commit", commit, "abort", abort, "views", settledViews(topic));
            }
        }
    }

    private static Object fencingAtSend() throws Exception {
        String topic = Support.create("txn-fencing-send");
        try (var zombie = transactional("txn-fencing-send", Map.of())) {
            zombie.beginTransaction();
            Support.send(zombie, topic, "zombie");
            try (var successor = transactional("txn-fencing-send", Map.of())) {
                String send = Support.errorOf(() -> Support.send(zombie, topic, "late"));
                String commit = Support.errorOf(zombie::commitTransaction);
                String offsets = Support.errorOf(() -> zombie.abortTransaction());
                return Support.result("send", send, "commit", commit, "abort", offsets, "views", settledViews(topic));
            }
        }
    }

    private static Object timeOut() throws Exception {
        String topic = Support.create("txn-time-out");
        try (var target = transactional("txn-time-out", Map.of("transaction.timeout.ms", 3000))) {
            target.beginTransaction();
            Support.send(target, topic, "late");
            Support.waitUntil("aborted by the coordinator", () -> lastStable(topic) == 2, () -> Thread.sleep(50));
            String commit = Support.errorOf(target::commitTransaction);
            return Support.result("commit", commit, "views", settledViews(topic));
        }
    }

    private static Object lostResponse(String api) throws Exception {
        String topic = Support.create("txn-lost-" + api);
        var identity = Map.of("bootstrap.servers", Support.LOSSY, "client.id", "lose-" + api + "-1." + Support.PREFIX);
        try (var target = transactional("txn-lost-" + api, identity)) {
            target.beginTransaction();
            Support.send(target, topic, "a", "b");
            target.commitTransaction();
            return settledViews(topic);
        }
    }
}
