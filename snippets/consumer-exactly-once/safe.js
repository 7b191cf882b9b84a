// tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
// en: Exactly-once consumer: the result of processing is a message, written in the same transaction as
// en: the offset. Readers of committed data see it exactly once; effects elsewhere are not covered.
// fr: Consommateur « exactement une fois » : le résultat du traitement est un message, écrit dans la même
// fr: transaction que l’offset. En read_committed il est vu exactement une fois ; rien d’autre n’est couvert.
// region imports
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({ brokers: ['localhost:9092'], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({
  groupId: 'order-service',
  // en: The default of this client: messages of aborted transactions are skipped.
  // fr: Par défaut dans ce client : les messages des transactions annulées sont sautés.
  readUncommitted: false,
  // en: Ctrl-C waits for the read under way (the default is 5 s).
  // fr: Ctrl-C attend la fin de la lecture en cours (5 s par défaut).
  maxWaitTimeInMs: 500,
});
const settings = {
  // en: Implies acks: -1 and idempotence. One id for each running instance, kept when it restarts; here
  // en: each input partition adds its name, so that whoever takes it over fences its previous owner (this
  // en: client does not send the group's metadata, by which brokers would refuse it: KIP-447).
  // fr: Implique acks: -1 et l’idempotence. Un id par instance, conservé quand elle redémarre ; ici chaque
  // fr: partition d’entrée y ajoute son nom, pour que celui qui la reprend écarte son ancien propriétaire (ce
  // fr: client n’envoie pas les métadonnées du groupe, par lesquelles les brokers le refuseraient : KIP-447).
  transactionalId: 'order-service-1',
  maxInFlightRequests: 1,
  // en: The broker aborts what is open for longer.
  // fr: Le broker annule ce qui reste ouvert plus longtemps.
  transactionTimeout: 30000,
};
const admin = kafka.admin();
// endregion

// region pattern
const producers = new Map();
let running = true;
let busy = false;

async function stop() {
  running = false;
  // en: Finish the transaction under way, then leave the group at once.
  // fr: Finir la transaction en cours, puis quitter le groupe aussitôt.
  while (busy) await sleep(20);
  await consumer.disconnect();
  process.exit();
}

process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// en: The client tries again by itself, and starts anew where that may help. Other errors are fatal, such
// en: as another owner of the partition, who has fenced this one.
// fr: Le client réessaie de lui-même, et repart là où cela peut aider. Les autres erreurs sont fatales,
// fr: comme un autre propriétaire de la partition, qui a écarté celui-ci.
consumer.on(consumer.events.CRASH, ({ payload }) => {
  if (payload.restart) return;
  console.error(`stopped: ${payload.error}`);
  process.exit(1);
});

// en: Partitions may have had another owner since: each begins with a new producer.
// fr: Les partitions ont pu avoir un autre propriétaire : chacune commence par un nouveau producteur.
consumer.on(consumer.events.GROUP_JOIN, async () => {
  const former = [...producers.values()];
  producers.clear();
  for (const producer of former) await producer.disconnect();
});

await admin.connect();
await consumer.connect();
await consumer.subscribe({ topic: 'orders', fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    if (!running) return;
    busy = true;
    const id = `${topic}-${partition}`;
    let producer = producers.get(id);
    let transaction;
    try {
      if (!producer) {
        const transactionalId = `${settings.transactionalId}-${id}`;
        producer = kafka.producer({ ...settings, transactionalId });
        await producer.connect();
        // en: Nothing is in it, but the first one initialises: it fences an earlier producer with this id,
        // en: and aborts what that has left open (or ends the commit that was under way).
        // fr: Elle est vide, mais la première initialise : elle écarte un producteur antérieur avec cet id,
        // fr: et annule ce qu’il a laissé ouvert (ou termine la validation en cours).
        await (await producer.transaction()).abort();
        producers.set(id, producer);
        // en: Rewind to what is committed now: an abort does not move the running consumer back.
        // fr: Revenir à ce qui est validé : une annulation ne ramène pas le consommateur en arrière.
        const [fetched] = await admin.fetchOffsets({ groupId: 'order-service', topics: [topic] });
        const position = fetched?.partitions.find((one) => one.partition === partition)?.offset ?? '-1';
        if (Number(position) >= 0 && position !== message.offset) {
          consumer.seek({ topic, partition, offset: position });
          return;
        }
      }
      transaction = await producer.transaction();
      const result = String(message.value ?? '').toUpperCase(); // $0
      // en: A key, because without one this client chooses a partition anew at each retry.
      // fr: Une clé, car sans elle ce client choisit la partition à nouveau à chaque réessai.
      const messages = [{ key: message.key ?? id, value: result }];
      await transaction.send({ topic: 'receipts', messages });
      // en: The offset to go on from: the next message's.
      // fr: L’offset où reprendre : celui du message suivant.
      const partitions = [{ partition, offset: String(BigInt(message.offset) + 1n) }];
      await transaction.sendOffsets({ consumerGroupId: 'order-service', topics: [{ topic, partitions }] });
      await transaction.commit();
    } catch (error) {
      console.error(`aborted, will be processed again: ${error}`);
      producers.delete(id);
      // en: If this fails too, the next producer with this id aborts it. The outcome of a commit that failed
      // en: is unknown: then the next producer's rewind finds out.
      // fr: Si ceci échoue aussi, le prochain producteur avec cet id l’annule. L’issue d’une validation qui a
      // fr: échoué est inconnue : le retour en arrière du prochain producteur la constate.
      if (transaction?.isActive()) await transaction.abort().catch(console.error);
      await producer?.disconnect();
      // en: The client reads the message again, and joins the group again if that was the reason.
      // fr: Le client relit le message, et rejoint à nouveau le groupe si c’en était la raison.
      throw error;
    } finally {
      busy = false;
    }
  },
});
// endregion
