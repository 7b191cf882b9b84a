// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by storing the offset with the result: both are one line of a file (or one
// en: transaction of a database), and reading goes on from there. Kafka's committed offset only informs.
// fr: Effet « exactement une fois » en stockant l’offset avec le résultat : les deux sont une même ligne d’un
// fr: fichier (ou une transaction de base), et la lecture reprend de là. L’offset validé dans Kafka ne fait
// fr: qu’informer.
// region imports
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
// endregion

class ConsumerOffsetWithResult {
    public static void main(String[] arguments) throws IOException {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            "group.id", "order-service",
            "enable.auto.commit", false,
            // en: Where nothing is stored yet, begin at the start of the topic.
            // fr: Là où rien n’est encore stocké, commencer au début du topic.
            "auto.offset.reset", "earliest");
        // endregion

        var closed = new CompletableFuture<Void>();
        try (var results = new Results(Path.of("results.txt"));
                var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            run(consumer, results);
        } catch (WakeupException ctrlC) {
            // en: The end that was asked for. The consumer is closed: another member need not wait for the session timeout.
            // fr: La fin demandée. Le consommateur est fermé : un autre membre n’attend pas la fin de la session.
        } finally {
            closed.complete(null);
        }
    }

    // region pattern
    static void run(KafkaConsumer<String, String> consumer, Results results) throws IOException {
        consumer.subscribe(List.of("orders"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                // en: The store knows what is done; offsets committed in Kafka may be older.
                // fr: Le stockage sait ce qui est fait ; les offsets validés dans Kafka peuvent être plus anciens.
                for (var partition : partitions) {
                    Long next = results.nextOffsets.get(partition);
                    if (next != null) consumer.seek(partition, next);
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // en: Nothing to do: what is stored is stored.
                // fr: Rien à faire : ce qui est stocké est stocké.
            }
        });
        while (true) {
            // en: What can be tried again this client tries by itself; what poll throws is final.
            // fr: Ce qui peut être réessayé, ce client le réessaie de lui-même ; ce que poll lève est définitif.
            for (var record : consumer.poll(Duration.ofSeconds(1))) {
                var partition = new TopicPartition(record.topic(), record.partition());
                process(results, partition, record);
                // en: For those who watch the group's lag; nothing depends on it.
                // fr: Pour qui observe le retard du groupe ; rien n’en dépend.
                try {
                    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
                } catch (CommitFailedException | RebalanceInProgressException | TimeoutException error) {
                    System.err.println("stored, not committed: " + error);
                }
            }
        }
    }

    static void process(Results results, TopicPartition partition, ConsumerRecord<String, String> record)
            throws IOException {
        results.store(partition, record.offset(), record.value());
        System.out.println(record.value()); // $0
    }

    // en: A line is an offset and what came of its message: both are on the disk, or neither.
    // fr: Une ligne est un offset et ce que son message a donné : les deux sont sur le disque, ou aucun.
    static class Results implements AutoCloseable {
        final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        private final FileChannel file;

        Results(Path path) throws IOException {
            String text = Files.exists(path) ? Files.readString(path) : "";
            // en: What a crash has left without its end of line was not stored: write over it.
            // fr: Ce qu’un crash a laissé sans fin de ligne n’a pas été stocké : écrire par-dessus.
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().map(line -> line.split(" ", 4)).forEach(parts -> nextOffsets.put(
                new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]) + 1));
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(whole.getBytes(StandardCharsets.UTF_8).length).position(file.size());
        }

        void store(TopicPartition partition, long offset, String value) throws IOException {
            String line = partition.topic() + " " + partition.partition() + " " + offset + " " + value + "\n";
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            file.force(true);
            nextOffsets.put(partition, offset + 1);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
    // endregion
}
