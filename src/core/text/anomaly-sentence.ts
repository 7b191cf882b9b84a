import type { Anomaly, AnomalyName } from '../history/verdict.js';
import type { Translate } from './translate.js';

/** One whole sentence that says what happened, in the learner's words: for a table's cell or a tooltip. */
export function anomalySentence({ name, count }: Anomaly, t: Translate): string {
  return count === 1 ? singular[name](t) : plural[name](t, count);
}

type Singular = (t: Translate) => string;
type Plural = (t: Translate, count: number) => string;

// Whole sentences twice: French (and not only French) agrees verb, article and participle with the number.
const singular: Readonly<Record<AnomalyName, Singular>> = {
  'inconsistent-offsets': (t) => t('One offset was seen with two different values: the log is not one log.'),
  duplicate: (t) => t('One message stands in the log more than once.'),
  'lost-write': (t) =>
    t('One acknowledged message is missing, although a reader has already passed its place.'),
  unseen: (t) => t('One message is in the log, and nobody was ever handed it.'),
  'aborted-read': (t) => t('A committed reader was handed one message of an aborted transaction.'),
  'precommitted-read': (t) => t('A transaction read one message that it had itself sent before its commit.'),
  'poll-skip': (t) => t('Between two reads, the consumer jumped over a record once.'),
  'int-poll-skip': (t) => t('Within one read, the consumer jumped over a record once.'),
  'nonmonotonic-poll': (t) => t('Between two reads, the consumer went back once.'),
  'int-nonmonotonic-poll': (t) => t('Within one read, the consumer went back once.'),
  'nonmonotonic-send': (t) => t('One message stands in the log before another that was sent earlier.'),
  'int-nonmonotonic-send': (t) =>
    t('Within one transaction, one message stands in the log before another that was sent earlier.'),
  'write-isolation': (t) =>
    t('The records of one transaction have another’s between them; Kafka allows that.'),
  'lost-in-log': (t) => t('One message was acknowledged, but it is not in the log.'),
  'lost-in-client': (t) => t('One message was handed to the client, but it was never transmitted.'),
  'silent-loss': (t) => t('One message is lost, and the producer was told that all went well.'),
  'reported-loss': (t) => t('One message is lost, and the producer was told so or could not know.'),
  phantom: (t) => t('One message is in the log although the producer was not told that it was written.'),
  skipped: (t) =>
    t('One message was never processed, and the committed offset is past it: nobody will read it again.'),
  'duplicate-delivery': (t) => t('One message was delivered once more.'),
  'duplicate-effect': (t) => t('One message had its effect once more.'),
  'duplicate-output': (t) => t('One input record produced one visible output too many.'),
  'lost-output': (t) => t('One input record has no visible output, and its offset is committed.'),
  'orphan-output': (t) => t('One output comes from an input record that was aborted or never existed.'),
  'torn-transaction': (t) => t('One transaction is visible in part: neither all of it nor nothing.'),
  'aborted-visible': (t) => t('One message of an aborted transaction is still visible to read_uncommitted.'),
  blocked: (t) =>
    t(
      'An open transaction hid what stands behind its first record from read_committed. Nothing is lost by that: it has to wait.',
    ),
  'fenced-write': (t) => t('One write was accepted from a fenced producer; that must never happen.'),
};

const plural: Readonly<Record<AnomalyName, Plural>> = {
  'inconsistent-offsets': (t, count) =>
    t('{count} offsets were seen with different values: the log is not one log.', { count }),
  duplicate: (t, count) =>
    t('The log holds {count} records too many: messages that stand in it more than once.', { count }),
  'lost-write': (t, count) =>
    t('{count} acknowledged messages are missing, although a reader has already passed their place.', {
      count,
    }),
  unseen: (t, count) => t('{count} messages are in the log, and nobody was ever handed them.', { count }),
  'aborted-read': (t, count) =>
    t('A committed reader was handed {count} messages of aborted transactions.', { count }),
  'precommitted-read': (t, count) =>
    t('Transactions read {count} messages that they had themselves sent before their commit.', { count }),
  'poll-skip': (t, count) => t('Between reads, the consumer jumped over records {count} times.', { count }),
  'int-poll-skip': (t, count) =>
    t('Within one read, the consumer jumped over records {count} times.', { count }),
  'nonmonotonic-poll': (t, count) => t('Between reads, the consumer went back {count} times.', { count }),
  'int-nonmonotonic-poll': (t, count) =>
    t('Within one read, the consumer went back {count} times.', { count }),
  'nonmonotonic-send': (t, count) =>
    t('{count} messages stand in the log before others that were sent earlier.', { count }),
  'int-nonmonotonic-send': (t, count) =>
    t('Within transactions, {count} messages stand in the log before others that were sent earlier.', {
      count,
    }),
  'write-isolation': (t, count) =>
    t('The records of {count} transactions have others’ between them; Kafka allows that.', { count }),
  'lost-in-log': (t, count) =>
    t('{count} messages were acknowledged, but they are not in the log.', { count }),
  'lost-in-client': (t, count) =>
    t('{count} messages were handed to the client, but they were never transmitted.', { count }),
  'silent-loss': (t, count) =>
    t('{count} messages are lost, and the producer was told that all went well.', { count }),
  'reported-loss': (t, count) =>
    t('{count} messages are lost, and the producer was told so or could not know.', { count }),
  phantom: (t, count) =>
    t('{count} messages are in the log although the producer was not told that they were written.', {
      count,
    }),
  skipped: (t, count) =>
    t(
      '{count} messages were never processed, and the committed offset is past them: nobody will read them again.',
      { count },
    ),
  'duplicate-delivery': (t, count) => t('There were {count} deliveries too many.', { count }),
  'duplicate-effect': (t, count) => t('There were {count} effects too many.', { count }),
  'duplicate-output': (t, count) => t('There are {count} visible outputs too many.', { count }),
  'lost-output': (t, count) =>
    t('{count} input records have no visible output, and their offsets are committed.', { count }),
  'orphan-output': (t, count) =>
    t('{count} outputs come from input records that were aborted or never existed.', { count }),
  'torn-transaction': (t, count) =>
    t('{count} transactions are visible in part: neither all of them nor nothing.', { count }),
  'aborted-visible': (t, count) =>
    t('{count} messages of aborted transactions are still visible to read_uncommitted.', { count }),
  blocked: (t, count) =>
    t(
      'Open transactions hid what stands behind them from read_committed, seen {count} times. Nothing is lost by that: it has to wait.',
      { count },
    ),
  'fenced-write': (t, count) =>
    t('{count} writes were accepted from a fenced producer; that must never happen.', { count }),
};
