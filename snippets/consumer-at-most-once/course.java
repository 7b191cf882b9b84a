// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: no message is processed twice, but one is lost if the program dies between
// en: commit and processing.
// fr: Consommateur « au plus une fois » : aucun message n’est traité deux fois, mais un message est perdu
// fr: si le programme meurt entre la validation et le traitement.
// region imports
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
// endregion

class ConsumerAtMostOnce {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            "group.id", "order-service",
            "enable.auto.commit", false,
            // en: A group without offsets begins at the start of the topic, not at its end.
            // fr: Un groupe sans offset commence au début du topic, non à sa fin.
            "auto.offset.reset", "earliest");
        // endregion

        // region pattern
        var closed = new CompletableFuture<Void>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            consumer.subscribe(List.of("orders"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    var next = new OffsetAndMetadata(record.offset() + 1);
                    // en: First the commit, then the processing.
                    // fr: D’abord la validation, ensuite le traitement.
                    consumer.commitSync(Map.of(partition, next)); // blame
                    System.out.println(record.value()); // $0
                }
            }
        } catch (WakeupException ctrlC) {
            // en: The end that was asked for.
            // fr: La fin demandée.
        } finally {
            closed.complete(null);
        }
        // endregion
    }
}
