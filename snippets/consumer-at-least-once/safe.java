// tab stops: localhost:9092 | orders | order-service
// en: At-least-once consumer: an offset is committed only once its message is processed. None is lost;
// en: one is processed twice if the program dies, or loses its partition, between the two.
// fr: Consommateur « au moins une fois » : un offset n’est validé qu’une fois son message traité. Aucun
// fr: n’est perdu ; un message est traité deux fois si le programme meurt, ou perd sa partition, entre les deux.
// region imports
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
// endregion

class ConsumerAtLeastOnceSafe {
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

        var closed = new CompletableFuture<Void>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            run(consumer);
        } catch (WakeupException ctrlC) {
            // en: The end that was asked for. The consumer is closed: another member need not wait for the session timeout.
            // fr: La fin demandée. Le consommateur est fermé : un autre membre n’attend pas la fin de la session.
        } finally {
            closed.complete(null);
        }
    }

    // region pattern
    static void run(KafkaConsumer<String, String> consumer) {
        consumer.subscribe(List.of("orders"));
        while (true) {
            // en: What can be tried again this client tries by itself; what poll throws is final.
            // fr: Ce qui peut être réessayé, ce client le réessaie de lui-même ; ce que poll lève est définitif.
            for (var record : consumer.poll(Duration.ofSeconds(1))) {
                // en: If this throws, the program ends without a commit: the message comes again after a restart.
                // fr: Si ceci lève une erreur, le programme finit sans valider : le message revient au redémarrage.
                process(record);
                commit(consumer, record);
            }
        }
    }

    static void commit(KafkaConsumer<String, String> consumer, ConsumerRecord<String, String> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
        } catch (WakeupException ctrlC) {
            throw ctrlC;
        } catch (KafkaException error) {
            // en: The message will come again, here or at another member: a duplicate, never a loss.
            // fr: Le message reviendra, ici ou chez un autre membre : un doublon, jamais une perte.
            System.err.println("processed, not committed: " + error.getMessage());
        }
    }
    // endregion

    static void process(ConsumerRecord<String, String> record) {
        System.out.println(record.value()); // $0
    }
}
