// tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
// en: Pipeline, exactly once: result and offset are committed in one transaction. After a crash the
// en: message is processed again, and the first result was never visible to readers of committed data.
// fr: Pipeline « exactement une fois » : résultat et offset sont validés dans une même transaction. Après un
// fr: crash le message est traité de nouveau, et le premier résultat n’a jamais été visible en read_committed.
// region imports
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class Pipeline {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> consumerSettings = Map.of(
            "bootstrap.servers", "localhost:9092",
            "group.id", "order-service",
            "enable.auto.commit", false,
            "auto.offset.reset", "earliest",
            // en: Not the default of this client: messages of aborted transactions are skipped.
            // fr: N’est pas la valeur par défaut de ce client : les messages des transactions annulées sont sautés.
            "isolation.level", "read_committed");
        Map<String, Object> producerSettings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: One id for each running instance, kept when it restarts.
            // fr: Un id par instance, conservé quand elle redémarre.
            "transactional.id", "order-service-1");
        // endregion

        // region pattern
        var closed = new CompletableFuture<Void>();
        try (var consumer = new KafkaConsumer<>(consumerSettings, new StringDeserializer(), new StringDeserializer());
                var producer = new KafkaProducer<>(producerSettings, new StringSerializer(), new StringSerializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            producer.initTransactions();
            consumer.subscribe(List.of("orders"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    // en: The offset to go on from: the next message's.
                    // fr: L’offset où reprendre : celui du message suivant.
                    var next = new OffsetAndMetadata(record.offset() + 1);
                    producer.beginTransaction();
                    String result = record.value().toUpperCase(); // $0
                    producer.send(new ProducerRecord<>("receipts", result));
                    producer.sendOffsetsToTransaction(Map.of(partition, next), consumer.groupMetadata()); // blame
                    producer.commitTransaction();
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
