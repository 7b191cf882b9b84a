import type { PolledRecord } from '../../../../src/core/history/events.js';
import { ForgedHistory } from '../build.js';
import { ForgedLog } from '../forged-log.js';
import { seeded } from '../samples.js';
import type { Forgery } from './forgery.js';

/** One process polls these offsets of the input, one after the other. */
function polls(offsets: readonly number[], between?: (forged: ForgedHistory) => void): ForgedHistory {
  const { forged, input } = seeded();
  offsets.forEach((offset, index) => {
    if (index > 0) between?.(forged);
    forged.poll('consumer', offset, `m${offset}`);
  });
  return forged.drain(input);
}

function onePoll(offsets: readonly number[]): ForgedHistory {
  const { forged, input } = seeded();
  const records = offsets.map((offset): PolledRecord => ({
    topic: 'input',
    partition: 0,
    offset,
    value: `m${offset}`,
  }));
  return forged.pollBatch('consumer', records).drain(input);
}

/** Two sends, a then b, that land as told; in one transaction where its name is given. */
function sends(order: readonly ('a' | 'b')[], transaction?: string, secondPartition = 0): ForgedHistory {
  const log = new ForgedLog();
  const other = new ForgedLog('output', 1);
  const places = new Map(order.map((value) => [value, log.append(value, batchOf(transaction))]));
  if (transaction !== undefined) log.mark(1, true);
  const forged = new ForgedHistory();
  forged.send('producer', 'a', sent(places.get('a'), transaction));
  forged.send('producer', 'b', { ...sent(places.get('b'), transaction), partition: secondPartition });
  if (transaction !== undefined) forged.commit('producer', transaction);
  return secondPartition === 0 ? forged.drain(log) : forged.drain(log).drain(other);
}

function batchOf(transaction: string | undefined): Parameters<ForgedLog['append']>[1] {
  return transaction === undefined ? {} : { producerId: 1, epoch: 0, transactional: true };
}

function sent(offset = -1, transaction?: string): Parameters<ForgedHistory['send']>[2] {
  return { offset, ...(transaction !== undefined && { transaction }) };
}

/** a and b of one transaction, and between them a record of `stranger`. */
function interleaved(stranger: string): ForgedHistory {
  const log = new ForgedLog();
  const batch = { producerId: 1, epoch: 0, transactional: true };
  const own = stranger === 'producer';
  const forged = new ForgedHistory().begin('producer', 'producer/1');
  forged.send('producer', 'a', { transaction: 'producer/1', offset: log.append('a', batch) });
  forged.send(stranger, 'x', {
    offset: log.append('x', own ? batch : {}),
    ...(own && { transaction: 'producer/1' }),
  });
  forged.send('producer', 'b', { transaction: 'producer/1', offset: log.append('b', batch) });
  log.mark(1, true);
  return forged.commit('producer', 'producer/1').drain(log);
}

export const order = {
  'poll-skip': {
    has: {
      sentence: 'a reader went from m0 to m2',
      history: () => polls([0, 2]).history(),
      count: 1,
      values: ['m2'],
      offsets: [[0, 2]],
    },
    nearly: [
      { sentence: 'it went from m0 to m1', history: () => polls([0, 1]).history() },
      {
        sentence: 'it was assigned anew between',
        history: () => polls([0, 2], (forged) => forged.rebalance('consumer')).history(),
      },
      {
        sentence: 'what lies between was aborted',
        history: () => {
          const log = new ForgedLog('input');
          log.append('a');
          log.append('gone', { producerId: 1, epoch: 0, transactional: true });
          log.mark(1, false);
          log.append('b');
          return new ForgedHistory({ topics: [{ role: 'input', topic: 'input', partitions: 1 }] })
            .poll('consumer', 0, 'a')
            .poll('consumer', 3, 'b')
            .drain(log)
            .history();
        },
      },
    ],
  },
  'int-poll-skip': {
    has: {
      sentence: 'one poll returned m0 and m2',
      history: () => onePoll([0, 2]).history(),
      count: 1,
      values: ['m2'],
    },
    nearly: [
      { sentence: 'one poll returned m0 and m1', history: () => onePoll([0, 1]).history() },
      { sentence: 'two polls did', history: () => polls([0, 2]).history() },
    ],
  },
  'nonmonotonic-poll': {
    has: {
      sentence: 'a reader was given m1 after m2',
      history: () => polls([1, 2, 1]).history(),
      count: 1,
      values: ['m1'],
      offsets: [[2, 1]],
    },
    nearly: [
      { sentence: 'it only went on', history: () => polls([1, 2, 3]).history() },
      {
        sentence: 'it went back after an abort of its own',
        history: () => polls([1, 1], (forged) => forged.abort('consumer', 'consumer/1')).history(),
      },
      {
        sentence: 'another process was given it again',
        history: () => {
          const { forged, input } = seeded();
          return forged.poll('consumer', 0, 'm0').poll('consumer#2', 0, 'm0').drain(input).history();
        },
      },
    ],
  },
  'int-nonmonotonic-poll': {
    has: {
      sentence: 'one poll returned m1 before m0',
      history: () => onePoll([1, 0]).history(),
      count: 1,
      values: ['m0'],
    },
    nearly: [
      { sentence: 'one poll returned them in order', history: () => onePoll([0, 1]).history() },
      { sentence: 'two polls did', history: () => polls([1, 0]).history() },
    ],
  },
  'nonmonotonic-send': {
    has: {
      sentence: 'the later send landed first',
      history: () => sends(['b', 'a']).history(),
      count: 1,
      values: ['b'],
      offsets: [[1, 0]],
    },
    nearly: [
      { sentence: 'they landed in order', history: () => sends(['a', 'b']).history() },
      {
        sentence: 'they went to two partitions',
        history: () => {
          const first = new ForgedLog();
          const second = new ForgedLog('output', 1);
          first.append('other');
          return new ForgedHistory()
            .send('producer', 'a', { offset: first.append('a') })
            .send('producer', 'b', { partition: 1, offset: second.append('b') })
            .drain(first)
            .drain(second)
            .history();
        },
      },
      {
        sentence: 'they were in one transaction',
        history: () => sends(['b', 'a'], 'producer/1').history(),
      },
    ],
  },
  'int-nonmonotonic-send': {
    has: {
      sentence: 'two sends of one transaction landed the other way round',
      history: () => sends(['b', 'a'], 'producer/1').history(),
      count: 1,
      values: ['b'],
    },
    nearly: [
      { sentence: 'they landed in order', history: () => sends(['a', 'b'], 'producer/1').history() },
      { sentence: 'they were in no transaction', history: () => sends(['b', 'a']).history() },
    ],
  },
  'write-isolation': {
    has: {
      sentence: 'between two records of a transaction stands another writer’s',
      history: () => interleaved('other').history(),
      count: 1,
      values: ['b'],
      offsets: [[0, 2]],
    },
    nearly: [{ sentence: 'it is the transaction’s own', history: () => interleaved('producer').history() }],
  },
} as const satisfies Partial<Record<string, Forgery>>;
