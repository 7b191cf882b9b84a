// tab stops: localhost:9092 | orders | order-service | order-service-1
// en: Exactly-once consumer as in the course: the offset is committed exactly once, in a transaction. The
// en: processing itself stands outside: after a crash before the commit it happens a second time.
// fr: Consommateur « exactement une fois » du cours : l’offset est validé exactement une fois, dans une
// fr: transaction. Le traitement, lui, est en dehors : après un crash avant la validation il a lieu deux fois.
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
  // en: Implies acks: -1 and idempotence. One id for each running instance, kept when it restarts.
  // fr: Implique acks: -1 et l’idempotence. Un id par instance, conservé quand elle redémarre.
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
    // en: This effect is not part of the transaction.
    // fr: Cet effet ne fait pas partie de la transaction.
    console.log(String(message.value)); // $0 // blame
    const transaction = await producer.transaction();
    // en: The offset to go on from: the next message's.
    // fr: L’offset où reprendre : celui du message suivant.
    const partitions = [{ partition, offset: String(BigInt(message.offset) + 1n) }];
    const offsets = { consumerGroupId: 'order-service', topics: [{ topic, partitions }] };
    // en: Refused while the broker is still ending the previous transaction: this client does not retry that.
    // fr: Refusé tant que le broker finit la transaction précédente : ce client ne réessaie pas cela.
    let sent = false;
    while (!sent)
      sent = await transaction.sendOffsets(offsets).then(
        () => true,
        (error) => {
          if (error.type !== 'CONCURRENT_TRANSACTIONS') throw error;
          return false;
        },
      );
    await transaction.commit();
  },
});
// endregion
