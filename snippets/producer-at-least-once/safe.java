// tab stops: localhost:9092 | orders
// en: At-least-once producer: every message is in the log at least once, or its loss is reported and
// en: the program fails. A retry after a lost answer writes a duplicate.
// fr: Producteur « au moins une fois » : chaque message est au moins une fois dans le journal, sinon
// fr: sa perte est signalée et le programme échoue. Un réessai après une réponse perdue écrit un doublon.
// region imports
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerAtLeastOnceSafe {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: The default; with a replication factor of 3, min.insync.replicas=2 on the topic makes it count.
            // fr: Par défaut ; avec un facteur de réplication de 3, min.insync.replicas=2 sur le topic lui donne son sens.
            "acks", "all",
            // en: True by default in this client; without it the broker does not recognise a retry.
            // fr: Active par défaut dans ce client ; sans elle le broker ne reconnaît pas un réessai.
            "enable.idempotence", false,
            // en: One request at a time, because a retry beside another request would change the order.
            // fr: Une requête à la fois, car un réessai à côté d’une autre requête changerait l’ordre.
            "max.in.flight.requests.per.connection", 1,
            // en: Retries end here, not by their number.
            // fr: Les réessais finissent ici, non par leur nombre.
            "delivery.timeout.ms", 30000,
            "request.timeout.ms", 10000,
            // en: How long send may wait for metadata, or for room in the buffer.
            // fr: Combien de temps send peut attendre des métadonnées, ou de la place dans le tampon.
            "max.block.ms", 30000);
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
        if (undelivered.get() > 0) {
            System.err.println(undelivered + " messages may be missing: send them again, or give up");
            System.exit(1);
        }
        // endregion
    }
}
