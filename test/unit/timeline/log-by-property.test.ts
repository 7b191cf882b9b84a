import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { HistoryEvent, Observation } from '../../../src/core/history/events.js';
import { rangesOf } from '../../../src/core/text/steps/ranges.js';
import { partitionAt, type Isolation } from '../../../src/core/timeline/partition-state.js';
import { readLogs } from '../../../src/core/timeline/read-logs.js';
import { readTimeline } from '../../../src/core/timeline/timeline.js';
import { truthAt } from '../../../src/core/timeline/truth.js';
import { seed, seededRandom, type Random } from '../../broker/protocol/seeded-random.js';

const histories = 60;
const topic = 'lab.output';

/** What a broker would answer, kept by the simplest means: a list, and who has a transaction open since when. */
interface Broker {
  readonly log: {
    readonly value?: string;
    readonly producerId: number;
    fate: 'plain' | 'open' | 'committed' | 'aborted';
  }[];
  readonly openSince: Map<number, number>;
}

describe('The log at any step', () => {
  it(`is what readers of both isolation levels would be given then, in ${histories} random histories (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let run = 0; run < histories; run += 1) {
      const { history, views } = play(random);
      const [log] = readLogs(history);
      assert.ok(log);
      for (const [moment, view] of views)
        for (const isolation of ['read_committed', 'read_uncommitted'] as const) {
          const state = partitionAt({ ...log, watermarks: [] }, { moment, isolation, limit: Infinity });
          const given = state.cells.flatMap(({ isVisible, entry }) =>
            isVisible && entry.content.kind === 'record' ? [entry.content.value] : [],
          );
          assert.deepEqual(given, view[isolation], `run ${run}, event ${moment}, ${isolation}`);
          assert.deepEqual([state.endOffset, state.lastStableOffset], view.ends);
        }
    }
  });

  it(`tells of each message where it stands and in which state (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let run = 0; run < histories; run += 1) {
      const { history, views } = play(random);
      const timeline = readTimeline(history, check(history));
      // Also backwards: what was found at one moment must not be told at another.
      for (const [moment, view] of [...views, ...[...views].reverse()]) {
        const { told, untold } = truthAt(timeline, moment);
        const found = told.map(({ state, values, offsets }) => [state, rangesOf(values), ...offsets]);
        assert.deepEqual(found, view.truth.slice(0, 16), `run ${run}, event ${moment}`);
        assert.equal(untold > 0, view.truth.length > 16);
      }
    }
  });
});

type View = Readonly<Record<Isolation, readonly string[]>> & {
  readonly ends: readonly [number, number];
  readonly truth: readonly (readonly (string | number)[])[];
};

/**
 * Four producers in turn; two of them write in transactions, which end or stay open. Some messages come again, and now and then
 * another leader lacks the end of the log.
 */
function play(random: Random): {
  readonly history: readonly HistoryEvent[];
  readonly views: ReadonlyMap<number, View>;
} {
  const broker: Broker = { log: [], openSince: new Map() };
  const observations: Observation[] = [{ type: 'run', topics: [{ role: 'output', topic, partitions: 1 }] }];
  const views = new Map<number, View>();
  const sequences = new Map<number, number>();
  const turns = 20 + random.below(200);
  for (let turn = 0; turn < turns; turn += 1) {
    const producerId = random.below(4);
    const isTransactional = producerId < 2;
    const value = `v${random.below(8) === 0 ? random.below(turn + 1) : turn}`;
    if (random.below(30) === 0) observations.push(truncate(broker, random.below(broker.log.length + 1)));
    else if (isTransactional && broker.openSince.has(producerId) && random.below(3) === 0)
      observations.push(end(broker, producerId, random.below(2) === 0));
    else observations.push(...append(broker, { producerId, value, isTransactional, sequences }));
    views.set(observations.length - 1, viewOf(broker));
  }
  const history = observations.map((observation, seq): HistoryEvent => ({
    ...observation,
    seq,
    timeMs: seq,
  }));
  return { history, views };
}

interface Write {
  readonly producerId: number;
  readonly value: string;
  readonly isTransactional: boolean;
  readonly sequences: Map<number, number>;
}

function append(
  broker: Broker,
  { producerId, value, isTransactional, sequences }: Write,
): readonly Observation[] {
  const offset = broker.log.length;
  const sequence = sequences.get(producerId) ?? 0;
  sequences.set(producerId, sequence + 1);
  if (isTransactional && !broker.openSince.has(producerId)) broker.openSince.set(producerId, offset);
  broker.log.push({ value, producerId, fate: isTransactional ? 'open' : 'plain' });
  const place = { topic, partition: 0 };
  const process = `p${producerId}`;
  const frame = { process, connection: 0, api: 'Produce', version: 7, correlationId: offset, bytes: 1 };
  const batch = { producerId, epoch: 0, sequence };
  return [
    { type: 'request', ...frame, detail: { ...place, values: [value], ...batch } },
    {
      type: 'append',
      ...place,
      baseOffset: offset,
      lastOffset: offset,
      ...batch,
      transactional: isTransactional,
    },
  ];
}

function end(broker: Broker, producerId: number, commit: boolean): Observation {
  for (const record of broker.log)
    if (record.producerId === producerId && record.fate === 'open')
      record.fate = commit ? 'committed' : 'aborted';
  broker.openSince.delete(producerId);
  broker.log.push({ producerId, fate: 'plain' });
  return { type: 'marker', topic, partition: 0, offset: broker.log.length - 1, producerId, epoch: 0, commit };
}

function truncate({ log, openSince }: Broker, endOffset: number): Observation {
  log.length = endOffset;
  for (const [producerId, since] of openSince) if (since >= endOffset) openSince.delete(producerId);
  return { type: 'truncated', topic, partition: 0, endOffset };
}

function viewOf({ log, openSince }: Broker): View {
  const lastStable = Math.min(log.length, ...openSince.values());
  const values = (records: Broker['log']) => records.flatMap(({ value }) => value ?? []);
  return {
    read_uncommitted: values(log),
    read_committed: values(log.slice(0, lastStable).filter(({ fate }) => fate !== 'aborted')),
    ends: [log.length, lastStable],
    truth: truthOf(log),
  };
}

/** Message by message: one that stands there several times in one state has a line, and neighbours in one state share one. */
function truthOf(log: Broker['log']): View['truth'] {
  const lines: { readonly fate: string; readonly values: string[]; readonly offsets: number[] }[] = [];
  for (const [offset, { value, fate }] of log.entries()) {
    if (value === undefined) continue;
    const same = [...log.keys()].filter((other) => log[other]?.value === value && log[other].fate === fate);
    const last = lines.at(-1);
    if (same.length > 1) {
      if (same[0] === offset) lines.push({ fate, values: [value], offsets: same });
    } else if (last?.fate === fate && last.values.length === last.offsets.length) {
      last.values.push(value);
      last.offsets.push(offset);
    } else lines.push({ fate, values: [value], offsets: [offset] });
  }
  return lines.map(({ fate, values, offsets }) => [
    fate,
    rangesOf(values),
    ...(values.length > 1 ? [offsets[0] ?? -1, offsets.at(-1) ?? -1] : offsets),
  ]);
}
