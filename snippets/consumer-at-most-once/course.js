// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: no message is processed twice, but one is lost if the program dies between
// en: commit and processing.
// fr: Consommateur « au plus une fois » : aucun message n’est traité deux fois, mais un message est perdu
// fr: si le programme meurt entre la validation et le traitement.
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
let running = true;
process.once('SIGINT', async () => {
  running = false;
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
    // en: First the commit, then the processing. It is the offset to go on from: the next message's.
    // fr: D’abord la validation, ensuite le traitement. C’est l’offset où reprendre : celui du suivant.
    const offset = String(BigInt(message.offset) + 1n);
    await consumer.commitOffsets([{ topic, partition, offset }]); // blame
    // en: Once it is disconnecting, this client commits nothing, and does not say so.
    // fr: Une fois en train de se déconnecter, ce client ne valide rien, et ne le dit pas.
    if (!running) return;
    // en: Catch errors here: thrown on, they would make this client hand the message over again.
    // fr: Attraper les erreurs ici : relancées, elles feraient remettre le message par ce client.
    console.log(String(message.value)); // $0
  },
});
// endregion
