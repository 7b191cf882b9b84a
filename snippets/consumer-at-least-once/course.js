// tab stops: localhost:9092 | orders | order-service
// en: At-least-once consumer: no message is lost, but one is processed twice if the program dies between
// en: processing and commit.
// fr: Consommateur « au moins une fois » : aucun message n’est perdu, mais un message est traité deux fois
// fr: si le programme meurt entre le traitement et la validation.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
// en: Ctrl-C waits for the read under way (the default is 5 s).
// fr: Ctrl-C attend la fin de la lecture en cours (5 s par défaut).
const consumer = kafka.consumer({ groupId: 'order-service', maxWaitTimeInMs: 500 });
// endregion

// region pattern
process.once('SIGINT', async () => {
  await consumer.disconnect();
  process.exit();
});
await consumer.connect();
// en: A group without offsets begins at the start of the topic, not at its end.
// fr: Un groupe sans offset commence au début du topic, non à sa fin.
await consumer.subscribe({ topic: 'orders', fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    // en: First the processing, then the commit of the offset to go on from: the next message's.
    // fr: D’abord le traitement, ensuite la validation de l’offset où reprendre : celui du suivant.
    console.log(String(message.value)); // $0
    const offset = String(BigInt(message.offset) + 1n);
    await consumer.commitOffsets([{ topic, partition, offset }]); // blame
  },
});
// endregion
