// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by storing the offset with the result: both are written in one step, and reading
// en: goes on from there. Kafka's own committed offset only informs.
// fr: Effet « exactement une fois » en stockant l’offset avec le résultat : les deux sont écrits en une seule
// fr: fois, et la lecture reprend de là. L’offset validé dans Kafka ne fait qu’informer.
// region imports
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
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
// en: A file that is replaced as a whole. For more than a few results, or several instances: a database,
// en: and result and position in one transaction of it.
// fr: Un fichier remplacé en entier. Pour plus que quelques résultats, ou plusieurs instances : une base, et
// fr: résultat et position dans une même transaction de celle-ci.
let store = existsSync('result.json')
  ? JSON.parse(await readFile('result.json', 'utf8'))
  : { results: [], positions: {} };
let running = true;
let busy = false;

async function stop() {
  running = false;
  // en: Finish the message in hand.
  // fr: Finir le message en main.
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

// en: The store knows what is done; offsets committed in Kafka may be older.
// fr: Le stockage sait ce qui est fait ; les offsets validés dans Kafka peuvent être plus anciens.
consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
  for (const [topic, partitions] of Object.entries(payload.memberAssignment))
    for (const partition of partitions) {
      const offset = store.positions[`${topic}-${partition}`];
      if (offset !== undefined) consumer.seek({ topic, partition, offset });
    }
});

await consumer.connect();
// en: Where nothing is stored yet, begin at the start of the topic.
// fr: Là où rien n’est encore stocké, commencer au début du topic.
await consumer.subscribe({ topic: 'orders', fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    if (!running) return;
    busy = true;
    try {
      const value = String(message.value ?? '');
      const offset = String(BigInt(message.offset) + 1n);
      const next = {
        results: [...store.results, value],
        positions: { ...store.positions, [`${topic}-${partition}`]: offset },
      };
      const file = await open('result.json.new', 'w');
      try {
        await file.writeFile(JSON.stringify(next));
        await file.sync();
      } finally {
        await file.close();
      }
      // en: Both or neither: the file has one content or the other.
      // fr: Les deux ou aucun : le fichier a l’un ou l’autre contenu.
      await rename('result.json.new', 'result.json');
      store = next;
      console.log(value); // $0
      // en: For those who watch the group's lag; nothing depends on it.
      // fr: Pour qui observe le retard du groupe ; rien n’en dépend.
      await consumer.commitOffsets([{ topic, partition, offset }]).catch((error) => {
        console.error(`stored, not committed: ${error}`);
      });
    } finally {
      busy = false;
    }
  },
});
// endregion
