// tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
// en: Exactly-once consumer: the result of processing is a message, written in the same transaction as
// en: the offset. Readers of committed data see it exactly once; effects elsewhere are not covered.
// fr: Consommateur « exactement une fois » : le résultat du traitement est un message, écrit dans la même
// fr: transaction que l’offset. En read_committed il est vu exactement une fois ; rien d’autre n’est couvert.
// region imports
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ConsumerExactlyOnceSafe {
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
            // en: One id for each running instance, kept when it restarts: a second instance with the same
            // en: id fences this one.
            // fr: Un id par instance, conservé quand elle redémarre : une seconde instance avec le même id
            // fr: écarte celle-ci.
            "transactional.id", "order-service-1",
            // en: The broker aborts what is open for longer (the default is one minute).
            // fr: Le broker annule ce qui reste ouvert plus longtemps (une minute par défaut).
            "transaction.timeout.ms", 30000,
            "delivery.timeout.ms", 30000,
            "request.timeout.ms", 10000);
        // endregion

        var closed = new CompletableFuture<Void>();
        int code = 0;
        try (var consumer = new KafkaConsumer<>(consumerSettings, new StringDeserializer(), new StringDeserializer());
                var producer = new KafkaProducer<>(producerSettings, new StringSerializer(), new StringSerializer())) {
            // en: Ctrl-C ends the loop, and the program only once the group has been left.
            // fr: Ctrl-C termine la boucle, et le programme seulement une fois le groupe quitté.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.wakeup();
                closed.join();
            }));
            run(consumer, producer);
        } catch (WakeupException ctrlC) {
            // en: The end that was asked for.
            // fr: La fin demandée.
        } catch (KafkaException error) {
            System.err.println("stopped: " + error.getMessage());
            code = 1;
        } finally {
            closed.complete(null);
        }
        if (code != 0) System.exit(code);
    }

    // region pattern
    static void run(KafkaConsumer<String, String> consumer, KafkaProducer<String, String> producer) {
        producer.initTransactions();
        consumer.subscribe(List.of("orders"));
        while (true) {
            // en: What can be tried again this client tries by itself; what poll throws is final.
            // fr: Ce qui peut être réessayé, ce client le réessaie de lui-même ; ce que poll lève est définitif.
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
            for (var record : records) {
                // en: After an abort the rest of this poll is read again as well.
                // fr: Après une annulation, la suite de cette lecture est relue aussi.
                if (!processInTransaction(record, consumer, producer)) break;
            }
        }
    }

    static boolean processInTransaction(
            ConsumerRecord<String, String> record,
            KafkaConsumer<String, String> consumer,
            KafkaProducer<String, String> producer) {
        var partition = new TopicPartition(record.topic(), record.partition());
        producer.beginTransaction();
        try {
            String result = record.value().toUpperCase(); // $0
            producer.send(new ProducerRecord<>("receipts", result));
            // en: With the group's metadata a member that has lost its partition is refused (KIP-447).
            // fr: Avec les métadonnées du groupe, un membre qui a perdu sa partition est refusé (KIP-447).
            producer.sendOffsetsToTransaction(
                Map.of(partition, new OffsetAndMetadata(record.offset() + 1)), consumer.groupMetadata());
            commit(producer);
            return true;
        } catch (ProducerFencedException | OutOfOrderSequenceException | AuthorizationException fatal) {
            // en: Such as a second instance with this transactional id: nothing can be aborted any more.
            // fr: Comme une seconde instance avec ce transactional.id : plus rien ne peut être annulé.
            throw fatal;
        } catch (KafkaException error) {
            // en: Such as offsets that were refused because the group has rebalanced.
            // fr: Comme des offsets refusés parce que le groupe a été rééquilibré.
            System.err.println("aborted, will be processed again: " + error.getMessage());
            producer.abortTransaction();
            rewind(consumer);
            return false;
        }
    }

    static void rewind(KafkaConsumer<String, String> consumer) {
        // en: An abort does not move the running consumer back: without this messages would be skipped.
        // fr: Une annulation ne ramène pas le consommateur en arrière : sans ceci des messages seraient sautés.
        consumer.committed(consumer.assignment()).forEach((partition, committed) -> {
            if (committed == null) consumer.seekToBeginning(List.of(partition));
            else consumer.seek(partition, committed);
        });
    }

    static void commit(KafkaProducer<String, String> producer) {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException unknown) {
                // en: Nobody knows yet whether it is committed. Ask again; an abort would be a guess.
                // fr: Nul ne sait encore si c’est validé. Redemander ; annuler serait deviner.
                System.err.println("asking again: " + unknown.getMessage());
            }
        }
    }
    // endregion
}
