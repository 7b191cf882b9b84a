// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: the batch becomes visible as a whole and once, or not at all. An error that
// en: allows it aborts the transaction, and the batch is sent anew.
// fr: Producteur « exactement une fois » : le lot devient visible en entier et une fois, ou pas du tout.
// fr: Une erreur qui le permet annule la transaction, et le lot est envoyé de nouveau.
// region imports
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerExactlyOnceSafe {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: Adds transactions to idempotence, this client's default. One id for each running instance,
            // en: kept when it restarts: a second producer with the same id fences this one.
            // fr: Ajoute les transactions à l’idempotence, active par défaut dans ce client. Un id par instance,
            // fr: conservé quand elle redémarre : un second producteur avec le même id écarte celui-ci.
            "transactional.id", "order-service-1",
            // en: The broker aborts what is open for longer (the default is one minute).
            // fr: Le broker annule ce qui reste ouvert plus longtemps (une minute par défaut).
            "transaction.timeout.ms", 30000,
            "delivery.timeout.ms", 30000,
            "request.timeout.ms", 10000);
        // endregion

        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            run(producer);
        } catch (KafkaException | IllegalStateException error) {
            System.err.println("not committed: " + error.getMessage());
            System.exit(1);
        }
    }

    // region pattern
    static void run(KafkaProducer<String, String> producer) {
        producer.initTransactions();
        for (int attempt = 0; attempt < 5; attempt++) {
            producer.beginTransaction();
            try {
                sendAll(producer);
                commit(producer);
                return;
            } catch (ProducerFencedException | OutOfOrderSequenceException | AuthorizationException fatal) {
                // en: Such as a second producer with this transactional id: nothing can be aborted any more.
                // fr: Comme un second producteur avec ce transactional.id : plus rien ne peut être annulé.
                throw fatal;
            } catch (KafkaException error) {
                System.err.println("aborting: " + error.getMessage());
                producer.abortTransaction();
            }
        }
        throw new IllegalStateException("aborted five times");
    }

    static void sendAll(KafkaProducer<String, String> producer) {
        for (int i = 0; i < 10; i++) {
            String value = "m" + i; // $0
            // en: A message that fails makes the commit fail.
            // fr: Un message qui échoue fait échouer la validation.
            producer.send(new ProducerRecord<>("orders", value));
        }
    }

    static void commit(KafkaProducer<String, String> producer) {
        while (true) {
            try {
                // en: Sends what is still in the buffer first.
                // fr: Envoie d’abord ce qui est encore dans le tampon.
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
