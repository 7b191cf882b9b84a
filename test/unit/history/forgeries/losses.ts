import type { WireEvent } from '../../../../src/core/history/events.js';
import { ForgedHistory, type ForgedSend } from '../build.js';
import { ForgedLog } from '../forged-log.js';
import { seeded, seededPipeline } from '../samples.js';
import type { Forgery } from './forgery.js';

/** a and c stand in the log, b does not; b's send ended as told. */
function withoutB(b: ForgedSend): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory();
  forged.send('producer', 'a', { offset: log.append('a') });
  forged.send('producer', 'b', b);
  forged.send('producer', 'c', { offset: log.append('c') });
  return forged.drain(log);
}

/** b is acknowledged and stands behind an open transaction's first record. */
function heldBack(): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory().begin('holder', 'holder/1');
  const first = log.append('a', { producerId: 1, epoch: 0, transactional: true });
  forged.send('holder', 'a', { transaction: 'holder/1', offset: first }).process('holder', 'crash');
  return forged.send('producer', 'b', { offset: log.append('b') }).drain(log);
}

/** One value in a transaction that its client aborted with success. */
function aborted(): ForgedHistory {
  const log = new ForgedLog();
  const forged = new ForgedHistory().begin('producer', 'producer/1');
  const offset = log.append('a', { producerId: 1, epoch: 0, transactional: true });
  forged.send('producer', 'a', { transaction: 'producer/1', offset }).abort('producer', 'producer/1');
  log.mark(1, false);
  return forged.drain(log);
}

function produceRequest(values: readonly string[], fate?: WireEvent['fate']): WireEvent {
  return {
    type: 'request',
    process: 'producer',
    connection: 1,
    api: 'Produce',
    version: 7,
    correlationId: 1,
    bytes: 100,
    detail: { topic: 'output', partition: 0, values },
    ...(fate && { fate }),
  };
}

/** A pipeline that read m0 and m1 and committed both; m0's output is there. */
function pipelineWithout(
  second: (forged: ForgedHistory, output: ForgedLog) => void,
  committed = 2,
): ForgedHistory {
  const { forged, input } = seededPipeline();
  const output = new ForgedLog();
  const source = { topic: 'input', partition: 0, offset: 0 };
  forged.poll('pipeline', 0, 'm0').send('pipeline', 'M0', { source, offset: output.append('M0') });
  forged.poll('pipeline', 1, 'm1');
  second(forged, output);
  return forged.drain(input, 'end', { group: committed }).drain(output);
}

const fromM1 = { topic: 'input', partition: 0, offset: 1 };

export const losses = {
  'silent-loss': {
    has: {
      sentence: 'a send was told ok and its value is in no log',
      history: () => withoutB({ offset: -1 }).history(),
      count: 1,
      values: ['b'],
    },
    nearly: [
      {
        sentence: 'the client was told that it failed',
        history: () => withoutB({ ending: 'fail' }).history(),
      },
      { sentence: 'the value is held back by an open transaction', history: () => heldBack().history() },
      { sentence: 'the application itself aborted it', history: () => aborted().history() },
    ],
  },
  'reported-loss': {
    has: {
      sentence: 'the client does not know what became of a value that is in no log',
      history: () => withoutB({ ending: 'info' }).history(),
      count: 1,
      values: ['b'],
    },
    nearly: [
      { sentence: 'the client was told ok', history: () => withoutB({ offset: -1 }).history() },
      {
        sentence: 'a second attempt was told ok and is there',
        history: () => {
          const log = new ForgedLog();
          return new ForgedHistory()
            .send('producer', 'a', { ending: 'info' })
            .send('producer', 'a', { offset: log.append('a') })
            .drain(log)
            .history();
        },
      },
      {
        sentence: 'nobody ever asked for the commit of its transaction',
        history: () =>
          new ForgedHistory()
            .begin('producer', 'producer/1')
            .send('producer', 'a', { transaction: 'producer/1', offset: 0 })
            .process('producer', 'crash')
            .drain(new ForgedLog())
            .history(),
      },
    ],
  },
  'lost-in-log': {
    has: {
      sentence: 'the broker named an offset and no log holds the value',
      history: () => withoutB({ offset: 1 }).history(),
      count: 1,
      values: ['b'],
      offsets: [[1]],
    },
    nearly: [
      {
        sentence: 'with acks=0 the broker never named an offset',
        history: () => withoutB({ offset: -1 }).history(),
      },
      { sentence: 'the log still holds it for read_uncommitted', history: () => aborted().history() },
    ],
  },
  'lost-in-client': {
    has: {
      sentence: 'no produce request ever carried the value',
      history: () =>
        withoutB({ offset: -1 })
          .add(produceRequest(['a']), produceRequest(['c']))
          .history(),
      count: 1,
      values: ['b'],
    },
    nearly: [
      {
        sentence: 'its request was lost on the way',
        history: () =>
          withoutB({ offset: -1 })
            .add(produceRequest(['a']), produceRequest(['b'], 'lost'), produceRequest(['c']))
            .history(),
      },
      { sentence: 'nobody recorded the wire', history: () => withoutB({ offset: -1 }).history() },
    ],
  },
  'lost-write': {
    has: {
      sentence: 'readers saw a later offset and never the acknowledged one before it',
      history: () => {
        const log = new ForgedLog();
        log.append('a');
        log.append('other');
        log.append('c');
        return new ForgedHistory()
          .send('producer', 'a', { offset: 0 })
          .send('producer', 'b', { offset: 1 })
          .send('producer', 'c', { offset: 2 })
          .drain(log)
          .history();
      },
      count: 1,
      values: ['b'],
    },
    nearly: [
      {
        sentence: 'nobody read as far as the value',
        history: () => {
          const log = new ForgedLog();
          return new ForgedHistory()
            .send('producer', 'a', { offset: log.append('a') })
            .send('producer', 'b', { offset: 1 })
            .drain(log)
            .history();
        },
      },
      { sentence: 'its place was never told', history: () => withoutB({ offset: -1 }).history() },
      {
        sentence: 'a copy of it was read at another place',
        history: () => {
          const log = new ForgedLog();
          ['other', 'b', 'c'].forEach((value) => log.append(value));
          return new ForgedHistory()
            .send('producer', 'b', { offset: 0 })
            .send('producer', 'c', { offset: 2 })
            .drain(log)
            .history();
        },
      },
    ],
  },
  unseen: {
    has: {
      sentence: 'a member was assigned, and nothing of the topic was handed to anybody',
      history: () => {
        const { forged, input } = seeded();
        return forged.rebalance('consumer').drain(input, 'end', { group: -1 }).history();
      },
      count: 10,
    },
    nearly: [
      {
        sentence: 'nobody reads the topic at all',
        history: () => {
          const { forged, input } = seeded();
          return forged.drain(input).history();
        },
      },
      {
        sentence: 'what was not handed over was aborted',
        history: () => aborted().rebalance('consumer', 'output').history(),
      },
    ],
  },
  skipped: {
    has: {
      sentence: 'the committed offset is past a record that had no effect',
      history: () => {
        const { forged, input } = seeded();
        forged.poll('consumer', 0, 'm0').commitOffset('consumer', 1).process('consumer', 'crash');
        forged.poll('consumer#2', 1, 'm1').commitOffset('consumer#2', 2).effect('consumer#2', 1, 'm1');
        return forged.drain(input, 'end', { group: 2 }).history();
      },
      count: 1,
      values: ['m0'],
      offsets: [[0]],
    },
    nearly: [
      {
        sentence: 'the committed offset is not past it yet',
        history: () => {
          const { forged, input } = seeded();
          forged.poll('consumer', 0, 'm0').effect('consumer', 0, 'm0').commitOffset('consumer', 1);
          return forged.drain(input, 'end', { group: 1 }).history();
        },
      },
      {
        sentence: 'a crash cut its effect off, so it may have happened',
        history: () => {
          const { forged, input } = seeded();
          forged.poll('consumer', 0, 'm0').commitOffset('consumer', 1);
          forged.effect('consumer', 0, 'm0', 'pending').process('consumer', 'crash');
          return forged.drain(input, 'end', { group: 1 }).history();
        },
      },
    ],
  },
  'lost-output': {
    has: {
      sentence: 'the group is past an input record that has no visible output',
      history: () => pipelineWithout(() => undefined).history(),
      count: 1,
      values: ['m1'],
      offsets: [[1]],
    },
    nearly: [
      {
        sentence: 'the group will be given the record again',
        history: () => pipelineWithout(() => undefined, 1).history(),
      },
      {
        sentence: 'its output is held back by an open transaction',
        history: () =>
          pipelineWithout((forged, output) => {
            const offset = output.append('M1', { producerId: 1, epoch: 0, transactional: true });
            forged.send('pipeline', 'M1', { source: fromM1, transaction: 'pipeline/1', offset });
          }).history(),
      },
    ],
  },
} as const satisfies Partial<Record<string, Forgery>>;
