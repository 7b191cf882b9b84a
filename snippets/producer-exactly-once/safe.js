// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: the batch becomes visible as a whole and once, or not at all. After an
// en: error before the commit the transaction is aborted, and the batch is sent anew.
// fr: Producteur « exactement une fois » : le lot devient visible en entier et une fois, ou pas du tout.
// fr: Après une erreur avant la validation, la transaction est annulée, et le lot est envoyé de nouveau.
// region imports
import { Kafka, logLevel } from 'kafkajs';
// endregion

// region settings
const kafka = new Kafka({
  brokers: ['localhost:9092'],
  logLevel: logLevel.ERROR,
  // en: An answer is waited for so long (the default is 30 s).
  // fr: Une réponse est attendue ce temps (30 s par défaut).
  requestTimeout: 5000,
});
const settings = {
  // en: Implies acks: -1 and idempotence. One id for each running instance, kept when it restarts: a
  // en: second producer with the same id fences this one.
  // fr: Implique acks: -1 et l’idempotence. Un id par instance, conservé quand elle redémarre : un
  // fr: second producteur avec le même id écarte celui-ci.
  transactionalId: 'order-service-1',
  maxInFlightRequests: 1,
  // en: The broker aborts what is open for longer (the default is one minute).
  // fr: Le broker annule ce qui reste ouvert plus longtemps (une minute par défaut).
  transactionTimeout: 30000,
};
// endregion

// region pattern
async function sendBatch() {
  // en: A new producer for each attempt: after a failed send this client may count its messages wrongly.
  // fr: Un nouveau producteur à chaque essai : après un envoi échoué ce client peut mal compter ses messages.
  const producer = kafka.producer(settings);
  try {
    await producer.connect();
    // en: Also aborts what an instance that died has left open.
    // fr: Annule aussi ce qu’une instance morte a laissé ouvert.
    const transaction = await producer.transaction();
    try {
      for (let i = 0; i < 10; i++) {
        const value = `m${i}`; // $0
        // en: A retry chooses a partition anew, and elsewhere it would be a duplicate: name the partition,
        // en: or give the message a key. Await each send before the next one.
        // fr: Un réessai choisit la partition à nouveau, et ailleurs ce serait un doublon : nommer la
        // fr: partition, ou donner une clé au message. Attendre chaque envoi avant le suivant.
        await transaction.send({ topic: 'orders', messages: [{ partition: 0, value }] });
      }
    } catch (error) {
      console.error(`aborted: ${error}`);
      // en: Throws where sending again is no use, such as after a second producer with this id.
      // fr: Lève une erreur là où renvoyer ne sert à rien, comme après un second producteur avec cet id.
      await transaction.abort();
      return false;
    }
    // en: If this throws, nobody knows yet whether it is committed: sending again would be a guess.
    // fr: Si ceci lève une erreur, nul ne sait encore si c’est validé : renvoyer serait deviner.
    await transaction.commit();
    return true;
  } finally {
    await producer.disconnect();
  }
}

try {
  let committed = false;
  for (let attempt = 1; attempt <= 3 && !committed; attempt++) committed = await sendBatch();
  if (!committed) throw new Error('aborted three times');
} catch (error) {
  console.error(`not committed, or not known to be: ${error}`);
  process.exitCode = 1;
}
// endregion
