// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: all messages of a transaction become visible together and once, or none
// en: does. Sent again by a program that was started again, they would be new messages.
// fr: Producteur « exactement une fois » : tous les messages d’une transaction deviennent visibles
// fr: ensemble et une fois, ou aucun. Renvoyés par un programme relancé, ils seraient de nouveaux messages.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
const producer = kafka.producer({
  // en: Implies acks: -1 and idempotence. One id for each running instance, kept when it restarts.
  // fr: Implique acks: -1 et l’idempotence. Un id par instance, conservé quand elle redémarre.
  transactionalId: 'order-service-1', // blame
  maxInFlightRequests: 1,
});
// endregion

// region pattern
await producer.connect();
const transaction = await producer.transaction();
for (let i = 0; i < 10; i++) {
  const value = `m${i}`; // $0
  // en: This client chooses a partition anew at each retry, and elsewhere it would be a duplicate:
  // en: name the partition, or give the message a key.
  // fr: Ce client choisit la partition à nouveau à chaque réessai, et ailleurs ce serait un doublon :
  // fr: nommer la partition, ou donner une clé au message.
  await transaction.send({ topic: 'orders', messages: [{ partition: 0, value }] });
}
await transaction.commit();
await producer.disconnect();
// endregion
