// tab stops: localhost:9092 | orders
// en: At-most-once producer: no message is ever written twice, but one that gets lost on its way
// en: stays lost, and nobody is told.
// fr: Producteur « au plus une fois » : aucun message n’est écrit deux fois, mais celui qui se perd
// fr: en route reste perdu, et personne n’en est averti.
// region imports
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
// endregion

class ProducerAtMostOnce {
    public static void main(String[] arguments) {
        // region settings
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", "localhost:9092",
            // en: The broker answers nothing: a message counts as delivered once it has left. This also
            // en: switches off idempotence, a default of this client.
            // fr: Le broker ne répond rien : un message compte comme livré dès qu’il est parti. Ceci désactive
            // fr: aussi l’idempotence, active par défaut dans ce client.
            "acks", "0", // blame
            "retries", 0);
        // endregion

        // region pattern
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                String value = "m" + i; // $0
                producer.send(new ProducerRecord<>("orders", value));
            }
        }
        // endregion
    }
}
