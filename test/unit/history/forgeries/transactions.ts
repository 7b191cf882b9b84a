import type { DrainEvent } from '../../../../src/core/history/events.js';
import { ForgedHistory, type Ending } from '../build.js';
import { ForgedLog } from '../forged-log.js';
import { seededPipeline } from '../samples.js';
import type { Forgery } from './forgery.js';

const batch = { producerId: 1, epoch: 0, transactional: true };

/** a and b in one transaction, which ends as told (`open`: the process crashes in it). */
function transaction(
  end: 'commit' | 'abort' | 'open',
  told: Ending = 'ok',
): {
  readonly forged: ForgedHistory;
  readonly log: ForgedLog;
} {
  const log = new ForgedLog();
  const forged = new ForgedHistory().begin('producer', 'producer/1');
  for (const value of ['a', 'b']) {
    forged.send('producer', value, { transaction: 'producer/1', offset: log.append(value, batch) });
  }
  if (end === 'open') return { forged: forged.process('producer', 'crash'), log };
  log.mark(1, end === 'commit');
  return { forged: forged[end]('producer', 'producer/1', told), log };
}

function drained({ forged, log }: ReturnType<typeof transaction>): ForgedHistory {
  return forged.drain(log);
}

/** The drains of a broker whose read_committed shows other records than it should. */
function withCommittedView(
  log: ForgedLog,
  keep: (record: DrainEvent['records'][number]) => boolean,
): readonly DrainEvent[] {
  const uncommitted = log.drain('read_uncommitted');
  return [
    uncommitted,
    { ...uncommitted, isolation: 'read_committed', records: uncommitted.records.filter(keep) },
  ];
}

/** One value whose only send ended as told; it is in the log. */
function written(ending: Ending): ForgedHistory {
  const log = new ForgedLog();
  log.append('a');
  return new ForgedHistory().send('producer', 'a', { ending, offset: 0 }).drain(log);
}

function outputOf(source: number, happened: 'committed' | 'aborted'): ForgedHistory {
  const { forged, input } = seededPipeline();
  const output = new ForgedLog();
  input.append('upstream', { producerId: 5, epoch: 0, transactional: true });
  input.mark(5, happened === 'committed');
  forged.send('upstream', 'upstream', { topic: 'input', offset: 10, transaction: 'upstream/1' });
  forged[happened === 'committed' ? 'commit' : 'abort']('upstream', 'upstream/1');
  forged.send('pipeline', 'OUT', {
    source: { topic: 'input', partition: 0, offset: source },
    offset: output.append('OUT'),
  });
  return forged.drain(input).drain(output);
}

/** The process polls what it sent itself, before or after its commit. */
function ownRead(when: 'before' | 'after'): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory().begin('producer', 'producer/1');
  forged.send('producer', 'a', { transaction: 'producer/1', offset: log.append('a', batch) });
  log.mark(1, true);
  if (when === 'before') forged.poll('producer', 0, 'a', { topic: 'output' });
  forged.commit('producer', 'producer/1');
  if (when === 'after') forged.poll('producer', 0, 'a', { topic: 'output' });
  return forged.drain(log);
}

function epochs(...ofRecords: readonly number[]): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory();
  ofRecords.forEach((epoch, index) =>
    forged.send('producer', `m${index}`, { offset: log.append(`m${index}`, { producerId: 1, epoch }) }),
  );
  return forged.drain(log);
}

export const transactions = {
  'aborted-read': {
    has: {
      sentence: 'a read_committed reader was handed an aborted value',
      history: () => drained(transaction('abort')).poll('consumer', 0, 'a', { topic: 'output' }).history(),
      count: 1,
      values: ['a'],
    },
    nearly: [
      {
        sentence: 'the reader asked for read_uncommitted',
        history: () =>
          drained(transaction('abort'))
            .poll('consumer', 0, 'a', { topic: 'output', isolation: 'read_uncommitted' })
            .history(),
      },
      {
        sentence: 'the transaction was committed',
        history: () => drained(transaction('commit')).poll('consumer', 0, 'a', { topic: 'output' }).history(),
      },
    ],
  },
  'aborted-visible': {
    has: {
      sentence: 'read_uncommitted sees the records of an aborted transaction',
      history: () => drained(transaction('abort')).history(),
      count: 2,
      values: ['a', 'b'],
    },
    nearly: [
      { sentence: 'the transaction is still open', history: () => drained(transaction('open')).history() },
      { sentence: 'it was committed', history: () => drained(transaction('commit')).history() },
    ],
  },
  'precommitted-read': {
    has: {
      sentence: 'a process polled its own value before the commit',
      history: () => ownRead('before').history(),
      count: 1,
      values: ['a'],
    },
    nearly: [{ sentence: 'it polled it after the commit', history: () => ownRead('after').history() }],
  },
  phantom: {
    has: {
      sentence: 'a send of unknown outcome is in the log',
      history: () => written('info').history(),
      count: 1,
      values: ['a'],
    },
    nearly: [
      { sentence: 'it was told ok', history: () => written('ok').history() },
      {
        sentence: 'another attempt was told ok',
        history: () => written('info').send('producer#2', 'a', { offset: 0 }).history(),
      },
      {
        sentence: 'it stands in an aborted transaction',
        history: () => drained(transaction('abort')).history(),
      },
    ],
  },
  'torn-transaction': {
    has: {
      sentence: 'one record of a committed transaction is visible and the other is not',
      history: () => {
        const { forged, log } = transaction('commit');
        return forged.add(...withCommittedView(log, ({ value }) => value === 'a')).history();
      },
      count: 1,
      offsets: [[0]],
    },
    nearly: [
      { sentence: 'both are visible', history: () => drained(transaction('commit')).history() },
      { sentence: 'neither is', history: () => drained(transaction('abort')).history() },
      { sentence: 'it has not ended', history: () => drained(transaction('open')).history() },
    ],
  },
  blocked: {
    has: {
      sentence: 'an open transaction holds the last stable offset',
      history: () => drained(transaction('open')).history(),
      count: 1,
      offsets: [[0, 2]],
    },
    nearly: [
      { sentence: 'the transaction was committed', history: () => drained(transaction('commit')).history() },
    ],
  },
  'fenced-write': {
    has: {
      sentence: 'a record of an older epoch stands behind one of a newer epoch',
      history: () => epochs(0, 1, 0).history(),
      count: 1,
      values: ['m2'],
      offsets: [[2]],
    },
    nearly: [{ sentence: 'the epochs only rise', history: () => epochs(0, 1, 1).history() }],
  },
  'orphan-output': {
    has: {
      sentence: 'an output was derived from an aborted record',
      history: () => outputOf(10, 'aborted').history(),
      count: 1,
      values: ['OUT'],
    },
    nearly: [
      { sentence: 'its source was committed', history: () => outputOf(10, 'committed').history() },
      { sentence: 'it has another source', history: () => outputOf(3, 'aborted').history() },
    ],
  },
  'inconsistent-offsets': {
    has: {
      sentence: 'one offset was acknowledged for a and read as b',
      history: () => {
        const log = new ForgedLog();
        log.append('b');
        return new ForgedHistory()
          .send('producer', 'a', { offset: 0 })
          .send('producer', 'b', { offset: 0 })
          .drain(log)
          .history();
      },
      count: 1,
      values: ['a, b'],
      offsets: [[0]],
    },
    nearly: [
      {
        sentence: 'the two values stand in two partitions',
        history: () => {
          const log = new ForgedLog();
          const other = new ForgedLog('output', 1);
          return new ForgedHistory()
            .send('producer', 'a', { offset: log.append('a') })
            .send('producer', 'b', { partition: 1, offset: other.append('b') })
            .drain(log)
            .drain(other)
            .history();
        },
      },
    ],
  },
} as const satisfies Partial<Record<string, Forgery>>;
