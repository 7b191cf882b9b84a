// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: a message is processed only once its offset is surely committed. One is
// en: lost if the program dies between the two; none is processed twice.
// fr: Consommateur « au plus une fois » : un message n’est traité qu’une fois son offset sûrement validé.
// fr: Un message est perdu si le programme meurt entre les deux ; aucun n’est traité deux fois.
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
  // en: Once it is disconnecting, this client commits nothing, and does not say so: finish the message
  // en: in hand first.
  // fr: Une fois en train de se déconnecter, ce client ne valide rien, et ne le dit pas : finir d’abord
  // fr: le message en main.
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
      const offset = String(BigInt(message.offset) + 1n);
      await consumer.commitOffsets([{ topic, partition, offset }]);
      console.log(String(message.value ?? '')); // $0
    } catch (error) {
      // en: Thrown on, it would make this client hand the same message over again. If the commit failed,
      // en: nobody knows whether it was done: the message is not processed.
      // fr: Relancée, elle ferait remettre le même message par ce client. Si c’est la validation qui a
      // fr: échoué, nul ne sait si elle est faite : le message n’est pas traité.
      console.error(`not processed, or not to its end: ${error}`);
    } finally {
      busy = false;
    }
  },
});
// endregion
