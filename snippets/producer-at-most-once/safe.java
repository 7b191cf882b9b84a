// tab stops: localhost:9092 | orders
// en: At-most-once producer: never a duplicate. What can be known of a loss is reported (a message that
// en: did not leave in time); a message lost on the network cannot be known of.
// fr: Producteur « au plus une fois » : jamais de doublon. Ce qui peut être su d’une perte est signalé
// fr: (un message qui n’est pas parti à temps) ; un message perdu sur le réseau ne peut pas être su.
// region imports
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerAtMostOnceSafe {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: The broker answers nothing: the callback of a message only says that it has left.
            // fr: Le broker ne répond rien : le rappel d’un message dit seulement qu’il est parti.
            "acks", "0",
            // en: Implied by acks=0, but said: the two do not go together.
            // fr: Impliqué par acks=0, mais dit : les deux ne vont pas ensemble.
            "enable.idempotence", false,
            "retries", 0,
            // en: A message that cannot leave for so long is given up (the default is two minutes).
            // fr: Un message qui ne peut pas partir pendant ce temps est abandonné (deux minutes par défaut).
            "delivery.timeout.ms", 5000,
            "request.timeout.ms", 4000,
            // en: The same for a message that cannot even be queued: no metadata, or a full buffer.
            // fr: De même pour un message qui ne peut pas même être mis en file : métadonnées absentes, tampon plein.
            "max.block.ms", 5000);
        // endregion

        // region pattern
        var undelivered = new AtomicInteger();
        // en: Its end waits for every callback: delivery.timeout.ms at most.
        // fr: Sa fin attend chaque rappel : delivery.timeout.ms au plus.
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                String value = "m" + i; // $0
                producer.send(new ProducerRecord<>("orders", value), (metadata, error) -> {
                    if (error == null) return;
                    undelivered.incrementAndGet();
                    System.err.println("not delivered: " + value + ": " + error.getMessage());
                });
            }
        }
        if (undelivered.get() > 0) System.exit(1);
        // endregion
    }
}
