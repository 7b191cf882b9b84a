// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: all messages of a transaction become visible together and once, or none
// en: does. Sent again by a program that was started again, they would be new messages.
// fr: Producteur « exactement une fois » : tous les messages d’une transaction deviennent visibles
// fr: ensemble et une fois, ou aucun. Renvoyés par un programme relancé, ils seraient de nouveaux messages.
// region imports
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerExactlyOnce {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: Adds transactions to idempotence, this client's default. One id for each running instance,
            // en: kept when it restarts.
            // fr: Ajoute les transactions à l’idempotence, active par défaut dans ce client. Un id par instance,
            // fr: conservé quand elle redémarre.
            "transactional.id", "order-service-1"); // blame
        // endregion

        // region pattern
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < 10; i++) {
                String value = "m" + i; // $0
                producer.send(new ProducerRecord<>("orders", value));
            }
            producer.commitTransaction();
        }
        // endregion
    }
}
