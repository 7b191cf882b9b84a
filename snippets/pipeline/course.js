// tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
// en: Pipeline, exactly once: result and offset are committed in one transaction. After a crash the
// en: message is processed again, and the first result was never visible to readers of committed data.
// fr: Pipeline « exactement une fois » : résultat et offset sont validés dans une même transaction. Après un
// fr: crash le message est traité de nouveau, et le premier résultat n’a jamais été visible en read_committed.
// region imports
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
const producer = kafka.producer({
  // en: Implies acks: -1 and idempotence. One id, kept at a restart, and one running instance: this client
  // en: does not let the broker refuse a member that has lost its partition.
  // fr: Implique acks: -1 et l’idempotence. Un id, conservé au redémarrage, et une seule instance : ce
  // fr: client ne fait pas refuser par le broker un membre qui a perdu sa partition.
  transactionalId: 'order-service-1',
  maxInFlightRequests: 1,
});
// endregion

// region pattern
process.once('SIGINT', async () => {
  await consumer.disconnect();
  await producer.disconnect();
  process.exit();
});
await producer.connect();
// en: Nothing is in it, but the first one initialises: it ends what an earlier run has left open.
// fr: Elle est vide, mais la première initialise : elle termine ce qu’une exécution passée a laissé ouvert.
await (await producer.transaction()).abort();
await consumer.connect();
await consumer.subscribe({ topic: 'orders', fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message }) => {
    const transaction = await producer.transaction();
    const result = String(message.value).toUpperCase(); // $0
    // en: A key, because without one this client chooses a partition anew at each retry.
    // fr: Une clé, car sans elle ce client choisit la partition à nouveau à chaque réessai.
    const messages = [{ key: message.key ?? String(partition), value: result }];
    await transaction.send({ topic: 'receipts', messages });
    // en: The offset to go on from, in the same transaction as the result.
    // fr: L’offset où reprendre, dans la même transaction que le résultat.
    const partitions = [{ partition, offset: String(BigInt(message.offset) + 1n) }];
    await transaction.sendOffsets({ consumerGroupId: 'order-service', topics: [{ topic, partitions }] }); // blame
    await transaction.commit();
  },
});
// endregion
