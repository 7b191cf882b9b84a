// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by an idempotent effect: messages come at least once, and the store refuses
// en: what it already holds. The effect must be in that store; topic, partition and offset name it.
// fr: Effet « exactement une fois » par un effet idempotent : les messages arrivent au moins une fois, et le
// fr: stockage refuse ce qu’il contient déjà. L’effet doit y être ; topic, partition et offset le nomment.
// region imports
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
// endregion

class ConsumerIdempotentEffect {
    public static void main(String[] arguments) throws IOException {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            "group.id", "order-service",
            "enable.auto.commit", false,
            // en: A group without offsets begins at the start of the topic, not at its end.
            // fr: Un groupe sans offset commence au début du topic, non à sa fin.
            "auto.offset.reset", "earliest");
        // endregion

        var closed = new CompletableFuture<Void>();
        try (var effects = new Effects(Path.of("effects.txt"));
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            run(consumer, effects);
        } catch (WakeupException ctrlC) {
            // en: The end that was asked for. The consumer is closed: another member need not wait for the session timeout.
            // fr: La fin demandée. Le consommateur est fermé : un autre membre n’attend pas la fin de la session.
        } finally {
            closed.complete(null);
        }
    }

    // region pattern
    static void run(KafkaConsumer<String, String> consumer, Effects effects) throws IOException {
        consumer.subscribe(List.of("orders"));
        while (true) {
            // en: What can be tried again this client tries by itself; what poll throws is final.
            // fr: Ce qui peut être réessayé, ce client le réessaie de lui-même ; ce que poll lève est définitif.
            for (var record : consumer.poll(Duration.ofSeconds(1))) {
                process(effects, record);
                commit(consumer, record);
            }
        }
    }

    static void process(Effects effects, ConsumerRecord<String, String> record) throws IOException {
        String key = record.topic() + "-" + record.partition() + "-" + record.offset();
        boolean isNew = effects.applyOnce(key, record.value());
        String outcome = isNew ? record.value() : "already done: " + record.value();
        System.out.println(outcome); // $0
    }

    static void commit(KafkaConsumer<String, String> consumer, ConsumerRecord<String, String> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        } catch (WakeupException ctrlC) {
            throw ctrlC;
        } catch (KafkaException error) {
            // en: The message will come again, and will be found done.
            // fr: Le message reviendra, et sera trouvé fait.
            System.err.println("done, not committed: " + error.getMessage());
        }
    }

    // en: A file stands for the store; a database with a unique key does the same.
    // fr: Un fichier tient lieu de stockage ; une base avec une clé unique fait de même.
    static class Effects implements AutoCloseable {
        private final Set<String> done = new HashSet<>();
        private final FileChannel file;

        Effects(Path path) throws IOException {
            String text = Files.exists(path) ? Files.readString(path) : "";
            // en: What a crash has left without its end of line was not done: write over it.
            // fr: Ce qu’un crash a laissé sans fin de ligne n’a pas été fait : écrire par-dessus.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().forEach(line -> done.add(line.substring(0, line.indexOf(' '))));
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(whole.getBytes(StandardCharsets.UTF_8).length).position(file.size());
        }

        // en: Key and effect are one line: both are on the disk, or neither.
        // fr: Clé et effet sont une même ligne : les deux sont sur le disque, ou aucun.
        boolean applyOnce(String key, String value) throws IOException {
            if (done.contains(key)) return false;
            file.write(ByteBuffer.wrap((key + " " + value + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(true);
            return done.add(key);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
    // endregion
}
