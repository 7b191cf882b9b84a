// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: a message is processed only once its offset is surely committed. One is
// en: lost if the program dies between the two; none is processed twice.
// fr: Consommateur « au plus une fois » : un message n’est traité qu’une fois son offset sûrement validé.
// fr: Un message est perdu si le programme meurt entre les deux ; aucun n’est traité deux fois.
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

class ConsumerAtMostOnceSafe {
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
                if (committed(consumer, record)) process(record);
            }
        }
    }

    static boolean committed(KafkaConsumer<String, String> consumer, ConsumerRecord<String, String> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
            return true;
        } catch (WakeupException ctrlC) {
            throw ctrlC;
        } catch (KafkaException error) {
            // en: Not committed, or nobody knows (the partition may have gone to another member): do not process.
            // fr: Non validé, ou nul ne sait (la partition est peut-être passée à un autre membre) : ne pas traiter.
            System.err.println("not processed: " + error.getMessage());
            return false;
        }
    }
    // endregion

    static void process(ConsumerRecord<String, String> record) {
        System.out.println(record.value()); // $0
    }
}
