import { ForgedHistory } from '../build.js';
import { ForgedLog } from '../forged-log.js';
import { seeded, seededPipeline } from '../samples.js';
import type { Forgery } from './forgery.js';

/** A transaction of `process` that holds a, ended as told. */
function transactionOf(forged: ForgedHistory, log: ForgedLog, process: string, commit: boolean): void {
  const transaction = `${process}/1`;
  const producerId = process.length;
  const offset = log.append('a', { producerId, epoch: 0, transactional: true });
  forged.begin(process, transaction).send(process, 'a', { transaction, offset });
  log.mark(producerId, commit);
  if (commit) {
    forged.commit(process, transaction);
  } else {
    forged.abort(process, transaction);
  }
}

function twoTransactions(firstCommits: boolean): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory();
  transactionOf(forged, log, 'producer', firstCommits);
  transactionOf(forged, log, 'producer#2', true);
  return forged.drain(log);
}

/** The consumer is handed m0 twice; its second effect ends as told. */
function handedOverTwice(second: 'ok' | 'skipped' | 'info'): ForgedHistory {
  const { forged, input } = seeded();
  forged.poll('consumer', 0, 'm0').effect('consumer', 0, 'm0').process('consumer', 'crash');
  forged.poll('consumer#2', 0, 'm0').effect('consumer#2', 0, 'm0', second).commitOffset('consumer#2', 1);
  return forged.drain(input, 'end', { group: 1 });
}

function outputsFrom(first: number, second: number, firstCommits = true): ForgedHistory {
  const { forged, input } = seededPipeline();
  const output = new ForgedLog();
  const source = (offset: number) => ({ topic: 'input', partition: 0, offset });
  const send = (process: string, from: number, commit: boolean): void => {
    const transaction = `${process}/1`;
    const offset = output.append('OUT', { producerId: process.length, epoch: 0, transactional: true });
    forged.send(process, 'OUT', { source: source(from), transaction, offset });
    output.mark(process.length, commit);
    if (commit) forged.commit(process, transaction);
    else forged.abort(process, transaction);
  };
  send('pipeline', first, firstCommits);
  send('pipeline#2', second, true);
  return forged.drain(input).drain(output);
}

export const copies = {
  duplicate: {
    has: {
      sentence: 'a retry was appended again',
      history: () => {
        const log = new ForgedLog();
        log.append('a');
        return new ForgedHistory()
          .send('producer', 'a', { offset: log.append('a') })
          .drain(log)
          .history();
      },
      count: 1,
      values: ['a'],
      offsets: [[0, 1]],
    },
    nearly: [
      {
        sentence: 'the first copy stands in an aborted transaction',
        history: () => twoTransactions(false).history(),
      },
      {
        sentence: 'two outputs of a pipeline are judged by their source',
        history: () => outputsFrom(0, 1).history(),
      },
      {
        sentence: 'the same value stands in another topic',
        history: () => {
          const log = new ForgedLog();
          const other = new ForgedLog('other');
          return new ForgedHistory()
            .send('producer', 'a', { offset: log.append('a') })
            .send('producer', 'a', { topic: 'other', offset: other.append('a') })
            .drain(log)
            .drain(other)
            .history();
        },
      },
    ],
  },
  'duplicate-delivery': {
    has: {
      sentence: 'a group was handed one record twice',
      history: () => handedOverTwice('skipped').history(),
      count: 1,
      values: ['m0'],
      offsets: [[0, 0]],
    },
    nearly: [
      {
        sentence: 'two groups were handed it once each',
        history: () => {
          const { forged, input } = seeded();
          forged.poll('one', 0, 'm0', { group: 'one' }).poll('two', 0, 'm0', { group: 'two' });
          return forged.drain(input).history();
        },
      },
    ],
  },
  'duplicate-effect': {
    has: {
      sentence: 'a record had its effect before the crash and again after it',
      history: () => handedOverTwice('ok').history(),
      count: 1,
      values: ['m0'],
    },
    nearly: [
      {
        sentence: 'the ledger refused the second one',
        history: () => handedOverTwice('skipped').history(),
      },
      {
        sentence: 'nobody knows whether the second one happened',
        history: () => handedOverTwice('info').history(),
      },
    ],
  },
  'duplicate-output': {
    has: {
      sentence: 'two visible outputs were derived from one record',
      history: () => outputsFrom(0, 0).history(),
      count: 1,
      values: ['OUT'],
      offsets: [[0, 2]],
    },
    nearly: [
      {
        sentence: 'the two outputs have different sources',
        history: () => outputsFrom(0, 1).history(),
      },
      {
        sentence: 'the first output was aborted',
        history: () => outputsFrom(0, 0, false).history(),
      },
    ],
  },
} as const satisfies Partial<Record<string, Forgery>>;
