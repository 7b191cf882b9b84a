// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by an idempotent effect: messages come at least once, and the store refuses
// en: what it already holds. The effect must be in that store; topic, partition and offset name it.
// fr: Effet « exactement une fois » par un effet idempotent : les messages arrivent au moins une fois, et le
// fr: stockage refuse ce qu’il contient déjà. L’effet doit y être ; topic, partition et offset le nomment.
// region imports
import { open } from 'node:fs/promises';
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
// en: One effect a line, its name first. Where several instances run: a database that they share, and the
// en: name as its primary key.
// fr: Un effet par ligne, son nom d’abord. Là où plusieurs instances tournent : une base partagée, avec le
// fr: nom comme clé primaire.
const effects = await open('effects.txt', 'a+');
const text = await effects.readFile('utf8');
// en: A line without its end was not written before a crash: it does not count.
// fr: Une ligne sans sa fin n’était pas écrite avant un crash : elle ne compte pas.
const whole = text.slice(0, text.lastIndexOf('\n') + 1);
let size = Buffer.byteLength(whole);
const done = new Set(whole.split('\n').map((line) => line.split(' ')[0]));
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
      const value = String(message.value ?? '');
      const name = `${topic}-${partition}-${message.offset}`;
      const isNew = !done.has(name);
      if (isNew) {
        const line = `${name} ${JSON.stringify(value)}\n`;
        // en: First removes what an attempt that failed may have left; done once it is on the disk.
        // fr: Retire d’abord ce qu’un essai échoué a pu laisser ; fait une fois sur le disque.
        await effects.truncate(size);
        await effects.appendFile(line);
        await effects.sync();
        size += Buffer.byteLength(line);
        done.add(name);
      }
      console.log(isNew ? value : `already done: ${value}`); // $0
      const offset = String(BigInt(message.offset) + 1n);
      await consumer.commitOffsets([{ topic, partition, offset }]).catch((error) => {
        // en: The message will come again, and will be found done.
        // fr: Le message reviendra, et sera trouvé fait.
        console.error(`done, not committed: ${error}`);
      });
    } finally {
      busy = false;
    }
  },
});
// endregion
