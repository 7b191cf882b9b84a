// tab stops: localhost:9092 | orders
// en: At-most-once producer: never a duplicate. What can be known of a loss is reported (a message that
// en: could not leave); a message lost on the network cannot be known of.
// fr: Producteur « au plus une fois » : jamais de doublon. Ce qui peut être su d’une perte est signalé
// fr: (un message qui n’a pas pu partir) ; un message perdu sur le réseau ne peut pas être su.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({
  brokers: ['localhost:9092'],
  logLevel: logLevel.ERROR,
  // en: How long to try to reach a broker, before anything is sent: a message that cannot leave is
  // en: given up within seconds.
  // fr: Combien de temps chercher à joindre un broker, avant tout envoi : un message qui ne peut pas
  // fr: partir est abandonné en quelques secondes.
  requestTimeout: 5000,
  retry: { retries: 2 },
});
// en: With acks: 0 there is no answer to miss; a retry could only follow an error before the sending.
// fr: Avec acks: 0 aucune réponse ne peut manquer ; un réessai ne suivrait qu’une erreur avant l’envoi.
const producer = kafka.producer({ retry: { retries: 0 } });
// en: The broker answers nothing: a send that succeeds only says that the message has left.
// fr: Le broker ne répond rien : un envoi réussi dit seulement que le message est parti.
const delivery = { topic: 'orders', acks: 0 };
// endregion

// region pattern
try {
  await producer.connect();
  for (let i = 0; i < 10; i++) {
    const value = `m${i}`; // $0
    try {
      await producer.send({ ...delivery, messages: [{ value }] });
    } catch (error) {
      console.error(`not delivered: ${value}: ${error}`);
      process.exitCode = 1;
    }
  }
} finally {
  // en: What is written to the connection leaves before it is closed.
  // fr: Ce qui est écrit sur la connexion part avant sa fermeture.
  await producer.disconnect();
}
// endregion
