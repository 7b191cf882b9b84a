// tab stops: localhost:9092 | orders
// en: At-least-once producer: what was acknowledged is in the log, but a retry after a lost answer
// en: writes the message a second time.
// fr: Producteur « au moins une fois » : ce qui a été acquitté est dans le journal, mais un réessai
// fr: après une réponse perdue écrit le message une seconde fois.
// region imports
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerAtLeastOnce {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: The leader answers once all in-sync replicas have the message (the default).
            // fr: Le leader répond quand tous les réplicas synchronisés ont le message (par défaut).
            "acks", "all",
            // en: True by default in this client; without it the broker does not recognise a retry.
            // fr: Active par défaut dans ce client ; sans elle le broker ne reconnaît pas un réessai.
            "enable.idempotence", false); // blame
        // endregion

        // region pattern
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                String value = "m" + i; // $0
                producer.send(new ProducerRecord<>("orders", value), (metadata, error) -> {
                    if (error != null) System.out.println("not delivered: " + value + ": " + error.getMessage());
                });
            }
        }
        // endregion
    }
}
