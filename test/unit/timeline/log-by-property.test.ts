import assert from 'node:assert/strict';
import type { HistoryEvent, Observation } from '../../../src/core/history/events.js';
import { partitionAt, type Isolation } from '../../../src/core/timeline/partition-state.js';
import { readLogs } from '../../../src/core/timeline/read-logs.js';
import { seed, seededRandom, type Random } from '../../broker/protocol/seeded-random.js';

const histories = 300;
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
});

type View = Readonly<Record<Isolation, readonly string[]>> & { readonly ends: readonly [number, number] };

/** Four producers in turn; two of them write in transactions, which end or stay open. */
function play(random: Random): {
  readonly history: readonly HistoryEvent[];
  readonly views: ReadonlyMap<number, View>;
} {
  const broker: Broker = { log: [], openSince: new Map() };
  const observations: Observation[] = [{ type: 'run', topics: [{ role: 'output', topic, partitions: 1 }] }];
  const views = new Map<number, View>();
  const sequences = new Map<number, number>();
  for (let turn = 0; turn < 40; turn += 1) {
    const producerId = random.below(4);
    const isTransactional = producerId < 2;
    if (isTransactional && broker.openSince.has(producerId) && random.below(3) === 0)
      observations.push(end(broker, producerId, random.below(2) === 0));
    else observations.push(...append(broker, { producerId, value: `v${turn}`, isTransactional, sequences }));
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

function viewOf({ log, openSince }: Broker): View {
  const lastStable = Math.min(log.length, ...openSince.values());
  const values = (records: Broker['log']) => records.flatMap(({ value }) => value ?? []);
  return {
    read_uncommitted: values(log),
    read_committed: values(log.slice(0, lastStable).filter(({ fate }) => fate !== 'aborted')),
    ends: [log.length, lastStable],
  };
}
