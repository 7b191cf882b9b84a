import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Topics, partitions, configurations, groups, offsets: what an operator's program does. */
final class AdminChecks {
    private AdminChecks() {}

    static void addTo(Map<String, Callable<Object>> checks) {
        checks.put("admin: topics", AdminChecks::topics);
        checks.put("admin: partitions", AdminChecks::partitions);
        checks.put("admin: configurations", AdminChecks::configurations);
        checks.put("admin: offsets", AdminChecks::offsets);
        checks.put("admin: delete records", AdminChecks::deleteRecords);
        checks.put("admin: groups", AdminChecks::groups);
        checks.put("admin: delete topics", AdminChecks::deleteTopics);
    }

    private static Support.Act make(String topic, int partitions, int replicas, Map<String, String> config) {
        NewTopic wanted = new NewTopic(topic, partitions, (short) replicas).configs(config);
        return () -> Support.ADMIN.createTopics(List.of(wanted)).all().get();
    }

    private static List<Object> described(String topic) throws Exception {
        var found = Support.ADMIN.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        List<Object> rows = new ArrayList<>();
        for (var one : found.partitions()) {
            rows.add(List.of(one.partition(), one.replicas().size(), one.isr().size(), one.leader() != null));
        }
        return rows;
    }

    private static Object topics() throws Exception {
        String topic = Support.create("topics", 2, Map.of());
        String defaults = Support.name("topics-defaults");
        make(defaults, -1, -1, Map.of()).run();
        Support.waitUntil("created", () -> listed(defaults), () -> Thread.sleep(20));
        return Support.result(
            "partitions", described(topic),
            "by default", described(defaults),
            "listed", listed(topic),
            "again", Support.errorOf(make(topic, 2, 1, Map.of())),
            "bad name", Support.errorOf(make(Support.name("not a name"), 1, 1, Map.of())),
            "no partitions", Support.errorOf(make(Support.name("none"), 0, 1, Map.of())),
            "too many replicas", Support.errorOf(make(Support.name("many"), 1, 99, Map.of())),
            "bad config", Support.errorOf(make(Support.name("bad"), 1, 1, Map.of("retention.ms", "soon"))),
            "unknown", Support.errorOf(() -> described(Support.name("nowhere"))),
            "nodes", Support.ADMIN.describeCluster().nodes().get().size() > 0,
            "controller", Support.ADMIN.describeCluster().controller().get().port() > 0);
    }

    private static boolean listed(String topic) throws Exception {
        return Support.ADMIN.listTopics().names().get().contains(topic);
    }

    private static Support.Act grow(String topic, int count) {
        return () -> Support.ADMIN.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all().get();
    }

    private static Object partitions() throws Exception {
        String topic = Support.create("partitions", 2, Map.of());
        grow(topic, 4).run();
        Support.waitUntil("grown", () -> described(topic).size() == 4, () -> Thread.sleep(20));
        return Support.result(
            "after", described(topic),
            "fewer", Support.errorOf(grow(topic, 3)),
            "as many", Support.errorOf(grow(topic, 4)),
            "unknown", Support.errorOf(grow(Support.name("nowhere"), 3)));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static Map<String, List<Object>> configOf(String topic) throws Exception {
        var found = Support.ADMIN.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic));
        Map<String, List<Object>> shown = new TreeMap<>();
        for (ConfigEntry entry : found.entries()) {
            // What the node's own file sets differs between a cluster of one node and another of three.
            if (entry.name().equals("min.insync.replicas")) continue;
            shown.put(entry.name(), List.of(entry.value(), entry.source().name(), entry.isReadOnly(), entry.isSensitive()));
        }
        return shown;
    }

    private static Support.Act alter(String topic, String key, String value, OpType operation) {
        Collection<AlterConfigOp> operations = List.of(new AlterConfigOp(new ConfigEntry(key, value), operation));
        return () -> Support.ADMIN.incrementalAlterConfigs(Map.of(resource(topic), operations)).all().get();
    }

    private static boolean isAltered(Map<String, List<Object>> config) {
        boolean compacted = config.get("cleanup.policy").get(0).equals("delete,compact");
        return compacted && !config.get("retention.ms").get(0).equals("1234567");
    }

    private static Object configurations() throws Exception {
        String topic = Support.create("configs", 1, Map.of("retention.ms", "1234567"));
        Map<String, Object> found = Support.result("created", configOf(topic));
        alter(topic, "cleanup.policy", "compact", OpType.APPEND).run();
        alter(topic, "retention.ms", null, OpType.DELETE).run();
        Support.waitUntil("altered", () -> isAltered(configOf(topic)), () -> Thread.sleep(20));
        found.put("altered", configOf(topic));
        found.put("bad value", Support.errorOf(alter(topic, "retention.ms", "soon", OpType.SET)));
        found.put("bad name", Support.errorOf(alter(topic, "retention.parsecs", "1", OpType.SET)));
        found.put("no list", Support.errorOf(alter(topic, "retention.ms", "1", OpType.APPEND)));
        found.put("unknown topic", Support.errorOf(() -> configOf(Support.name("nowhere"))));
        return found;
    }

    static long offsetAt(String topic, OffsetSpec spec, IsolationLevel isolation) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        var options = new ListOffsetsOptions(isolation);
        return Support.ADMIN.listOffsets(Map.of(partition, spec), options).partitionResult(partition).get().offset();
    }

    private static long offsetAt(String topic, OffsetSpec spec) throws Exception {
        return offsetAt(topic, spec, IsolationLevel.READ_UNCOMMITTED);
    }

    private static Object offsets() throws Exception {
        String topic = Support.create("offsets");
        for (int number = 0; number < 5; number++) {
            long time = 1_000_000L * (number + 1);
            Support.shared().send(new ProducerRecord<>(topic, 0, time, null, "v" + number)).get();
        }
        return Support.result(
            "earliest", offsetAt(topic, OffsetSpec.earliest()),
            "latest", offsetAt(topic, OffsetSpec.latest()),
            "between", offsetAt(topic, OffsetSpec.forTimestamp(2_500_000)),
            "exactly", offsetAt(topic, OffsetSpec.forTimestamp(3_000_000)),
            "after all", offsetAt(topic, OffsetSpec.forTimestamp(9_000_000)),
            "greatest time", offsetAt(topic, OffsetSpec.maxTimestamp()));
    }

    private static Object deleteRecords() throws Exception {
        String topic = Support.create("delete-records");
        Support.send(Support.shared(), topic, "v0", "v1", "v2", "v3", "v4");
        return Support.result(
            "low", deleteBefore(topic, 3),
            "earliest", offsetAt(topic, OffsetSpec.earliest()),
            "left", Support.values(Support.read(topic, "read_uncommitted", 3)),
            "before the start", deleteBefore(topic, 1),
            "beyond the end", Support.errorOf(() -> deleteBefore(topic, 99)),
            "all", deleteBefore(topic, -1));
    }

    private static long deleteBefore(String topic, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        var deleted = Support.ADMIN.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)));
        return deleted.lowWatermarks().get(partition).get().lowWatermark();
    }

    private static Object state(String group) {
        try {
            var found = Support.ADMIN.describeConsumerGroups(List.of(group)).all().get().get(group);
            return List.of(found.state().name(), found.partitionAssignor(), found.members().size());
        } catch (Exception error) {
            return error.getCause().getClass().getSimpleName();
        }
    }

    static Long committed(String group, String topic) throws Exception {
        var found = Support.ADMIN.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        var position = found.get(new TopicPartition(topic, 0));
        return position == null ? null : position.offset();
    }

    private static Support.Act alterOffset(String group, TopicPartition partition, long offset) {
        var offsets = Map.of(partition, new OffsetAndMetadata(offset, "by hand"));
        return () -> Support.ADMIN.alterConsumerGroupOffsets(group, offsets).all().get();
    }

    private static Object groups() throws Exception {
        String topic = Support.create("groups");
        String group = Support.name("groups");
        TopicPartition partition = new TopicPartition(topic, 0);
        Support.Act delete = () -> Support.ADMIN.deleteConsumerGroups(List.of(group)).all().get();
        Map<String, Object> found;
        try (var member = new GroupChecks.Member(group, topic, 30_000, Map.of())) {
            Support.waitUntil("assigned", () -> member.size() == 1, member::poll);
            member.consumer.commitSync(Map.of(partition, new OffsetAndMetadata(2)));
            found = Support.result("stable", state(group), "committed", committed(group, topic));
            found.put("deleted while in use", Support.errorOf(delete));
            found.put("altered while in use", Support.errorOf(alterOffset(group, partition, 1)));
            Support.Act forget = () -> Support.ADMIN.deleteConsumerGroupOffsets(group, Set.of(partition)).all().get();
            found.put("forgotten while in use", Support.errorOf(forget));
        }
        found.put("empty", state(group));
        for (var one : Support.ADMIN.listConsumerGroups().all().get()) {
            if (one.groupId().equals(group)) found.put("listed", List.of(one.state().get().name(), one.isSimpleConsumerGroup()));
        }
        alterOffset(group, partition, 1).run();
        found.put("altered", committed(group, topic));
        delete.run();
        found.put("deleted", state(group));
        found.put("deleted again", Support.errorOf(delete));
        // Made again by an offset, the group goes with its last offset.
        alterOffset(group, partition, 1).run();
        Support.ADMIN.deleteConsumerGroupOffsets(group, Set.of(partition)).all().get();
        found.put("forgotten", committed(group, topic));
        found.put("deleted with it", Support.errorOf(delete));
        return found;
    }

    private static Object deleteTopics() throws Exception {
        String topic = Support.create("delete-topics");
        Support.Act delete = () -> Support.ADMIN.deleteTopics(List.of(topic)).all().get();
        delete.run();
        Support.waitUntil("gone", () -> !listed(topic), () -> Thread.sleep(20));
        return Support.result("again", Support.errorOf(delete), "metadata", Support.errorOf(() -> described(topic)));
    }
}
