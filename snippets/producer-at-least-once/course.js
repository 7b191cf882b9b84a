// tab stops: localhost:9092 | orders
// en: At-least-once producer: what was acknowledged is in the log, but a retry after a lost answer
// en: writes the message a second time.
// fr: Producteur « au moins une fois » : ce qui a été acquitté est dans le journal, mais un réessai
// fr: après une réponse perdue écrit le message une seconde fois.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
// en: The broker does not recognise a retry (the default); five retries are the default too.
// fr: Le broker ne reconnaît pas un réessai (par défaut) ; cinq réessais sont aussi le défaut.
const producer = kafka.producer({ idempotent: false }); // blame
// en: All (-1, the default): the leader answers once all in-sync replicas have the message.
// fr: Tous (-1, par défaut) : le leader répond quand tous les réplicas synchronisés ont le message.
const delivery = { topic: 'orders', acks: -1 };
// endregion

// region pattern
await producer.connect();
for (let i = 0; i < 10; i++) {
  const value = `m${i}`; // $0
  // en: Throws, and ends the program, once the retries are used up.
  // fr: Lève une erreur, et finit le programme, une fois les réessais épuisés.
  await producer.send({ ...delivery, messages: [{ value }] });
}
await producer.disconnect();
// endregion
