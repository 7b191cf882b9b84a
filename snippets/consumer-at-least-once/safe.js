// tab stops: localhost:9092 | orders | order-service
// en: At-least-once consumer: an offset is committed only once its message is processed. None is lost;
// en: one is processed twice if the program dies, or loses its partition, between the two.
// fr: Consommateur « au moins une fois » : un offset n’est validé qu’une fois son message traité. Aucun
// fr: n’est perdu ; un message est traité deux fois si le programme meurt, ou perd sa partition, entre les deux.
// region imports
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({
  groupId: 'order-service',
  // en: Ctrl-C waits for the read under way (the default is 5 s).
  // fr: Ctrl-C attend la fin de la lecture en cours (5 s par défaut).
  maxWaitTimeInMs: 500,
});
// endregion

// region pattern
let running = true;
let busy = false;

async function stop() {
  running = false;
  // en: The message in hand is committed first: once it is disconnecting, this client commits nothing.
  // fr: Le message en main est d’abord validé : une fois en train de se déconnecter, ce client ne valide rien.
  while (busy) await sleep(20);
  // en: Leaves the group at once, so that another member need not wait for the session timeout.
  // fr: Quitte le groupe aussitôt, pour qu’un autre membre n’attende pas la fin de la session.
  await consumer.disconnect();
  process.exit();
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// en: The client tries again by itself, and starts anew where that may help; other errors end it.
// fr: Le client réessaie de lui-même, et repart là où cela peut aider ; les autres erreurs y mettent fin.
consumer.on(consumer.events.CRASH, ({ payload }) => {
  if (payload.restart) return;
  console.error(`stopped: ${payload.error}`);
  process.exit(1);
});

await consumer.connect();
// en: A group without offsets begins at the start of the topic, not at its end.
// fr: Un groupe sans offset commence au début du topic, non à sa fin.
await consumer.subscribe({ topic: 'orders', fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    if (!running) return;
    busy = true;
    try {
      // en: If this throws, nothing is committed, and the message comes again.
      // fr: Si ceci lève une erreur, rien n’est validé, et le message revient.
      console.log(String(message.value ?? '')); // $0
      const offset = String(BigInt(message.offset) + 1n);
      await consumer.commitOffsets([{ topic, partition, offset }]).catch((error) => {
        // en: The message will come again, here or at another member: a duplicate, never a loss.
        // fr: Le message reviendra, ici ou chez un autre membre : un doublon, jamais une perte.
        console.error(`processed, not committed: ${error}`);
      });
    } finally {
      busy = false;
    }
  },
});
// endregion
