// tab stops: localhost:9092 | orders
// en: At-most-once producer: no message is ever written twice, but one that gets lost on its way
// en: stays lost, and nobody is told.
// fr: Producteur « au plus une fois » : aucun message n’est écrit deux fois, mais celui qui se perd
// fr: en route reste perdu, et personne n’en est averti.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
const producer = kafka.producer({ retry: { retries: 0 } });
// en: The broker answers nothing: a message counts as delivered once it has left.
// fr: Le broker ne répond rien : un message compte comme livré dès qu’il est parti.
const delivery = { topic: 'orders', acks: 0 }; // blame
// endregion

// region pattern
await producer.connect();
for (let i = 0; i < 10; i++) {
  const value = `m${i}`; // $0
  await producer.send({ ...delivery, messages: [{ value }] });
}
await producer.disconnect();
// endregion
