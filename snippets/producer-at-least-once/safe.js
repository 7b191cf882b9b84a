// tab stops: localhost:9092 | orders
// en: At-least-once producer: every message is in the log at least once, or the first that is not is
// en: reported and the program fails there. A retry after a lost answer writes a duplicate.
// fr: Producteur « au moins une fois » : chaque message est au moins une fois dans le journal, sinon le
// fr: premier qui n’y est pas est signalé et le programme échoue là. Un réessai après une réponse perdue
// fr: écrit un doublon.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({
  brokers: ['localhost:9092'],
  logLevel: logLevel.ERROR,
  // en: An answer is waited for so long (the default is 30 s): with the retries below, a message is
  // en: given up after three quarters of a minute at most.
  // fr: Une réponse est attendue ce temps (30 s par défaut) : avec les réessais ci-dessous, un message
  // fr: est abandonné après trois quarts de minute au plus.
  requestTimeout: 5000,
});
const producer = kafka.producer({
  // en: The default of this client: the broker does not recognise a retry.
  // fr: Par défaut dans ce client : le broker ne reconnaît pas un réessai.
  idempotent: false,
  // en: The default; the pauses between them grow from 0.3 s.
  // fr: Par défaut ; les pauses entre eux grandissent à partir de 0,3 s.
  retry: { retries: 5 },
});
// en: The default; with a replication factor of 3, min.insync.replicas=2 on the topic makes it count.
// fr: Par défaut ; avec un facteur de réplication de 3, min.insync.replicas=2 sur le topic lui donne son sens.
const delivery = { topic: 'orders', acks: -1 };
// endregion

// region pattern
try {
  await producer.connect();
  for (let i = 0; i < 10; i++) {
    const value = `m${i}`; // $0
    try {
      // en: Awaited before the next one, because a retry beside another request would change the order.
      // fr: Attendu avant le suivant, car un réessai à côté d’une autre requête changerait l’ordre.
      await producer.send({ ...delivery, messages: [{ value }] });
    } catch (error) {
      // en: It may be in the log or not, and none after it was sent: go on from here, or give up.
      // fr: Il est peut-être dans le journal, et aucun après lui n’est parti : reprendre ici, ou renoncer.
      console.error(`not delivered: ${value}: ${error}`);
      process.exitCode = 1;
      break;
    }
  }
} finally {
  await producer.disconnect();
}
// endregion
