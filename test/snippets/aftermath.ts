import { drain, type Drained } from '../../src/clients/drain.js';
import { committedOffsets } from '../../src/clients/groups.js';
import { partitionOffsets } from '../../src/clients/offsets.js';
import { pollUntil } from '../../src/clients/poll-until.js';
import { leadersOf } from '../../src/clients/topics.js';
import { messages, topicsOf, type Stage } from './stage.js';
import { isProducer, writesOutput } from './trials.js';

/** Apache Kafka answers EndTxn before it writes the markers. */
const markersWithinMs = 5_000;

/** Reads every topic in both isolation levels, and writes down what the program must have sent to its output. */
export async function recordAftermath(stage: Stage): Promise<void> {
  const leaders = await leadersOf(stage.broker.cluster, topicsOf(stage));
  for (const topic of topicsOf(stage)) {
    const leader = leaders.get(`${topic}/0`) ?? -1;
    await untilStable(stage, leader, topic);
    const uncommitted = await drain(stage.broker.cluster, leader, {
      topic,
      partition: 0,
      isolation: 'read_uncommitted',
    });
    const committed = await drain(stage.broker.cluster, leader, {
      topic,
      partition: 0,
      isolation: 'read_committed',
    });
    if (writesOutput(stage.id) && topic === stage.names.output) recordOutputs(stage, uncommitted, committed);
    const offsets = await committedIn(stage, topic);
    for (const [isolation, drained] of [
      ['read_uncommitted', uncommitted],
      ['read_committed', committed],
    ] as const)
      stage.chronicle.record({
        ...{ type: 'drain', label: 'end', topic, partition: 0, isolation },
        ...drained,
        ...(offsets && { committed: offsets }),
      });
  }
}

async function untilStable({ broker }: Stage, leader: number, topic: string): Promise<void> {
  await pollUntil(
    async () => {
      const { highWatermark, lastStableOffset } = await partitionOffsets(broker.cluster, leader, topic, 0);
      return highWatermark === lastStableOffset ? true : undefined;
    },
    { everyMs: 20, withinMs: markersWithinMs },
  );
}

/** An output is read from the log: the program does not say what it sent. Where a marker aborts it, its program gave it up. */
function recordOutputs({ chronicle, names }: Stage, uncommitted: Drained, committed: Drained): void {
  const visible = new Set(committed.records.map(({ offset }) => offset));
  const aborted = 'program/aborted';
  if (uncommitted.records.length > committed.records.length)
    chronicle.ok('program', { f: 'begin', transaction: aborted });
  for (const { offset, value } of uncommitted.records) {
    const input = value.toLowerCase();
    const source = { topic: names.input, partition: 0, offset: messages.indexOf(input) };
    const send = { f: 'send', topic: names.output, partition: 0, value, source } as const;
    chronicle.ok('program', visible.has(offset) ? send : { ...send, transaction: aborted }, { offset });
  }
  if (uncommitted.records.length > committed.records.length)
    chronicle.ok('program', { f: 'abort', transaction: aborted });
}

async function committedIn(
  { broker, id, names }: Stage,
  topic: string,
): Promise<Record<string, number> | undefined> {
  if (isProducer(id) || topic !== names.input) return undefined;
  const offsets = await committedOffsets(broker.cluster, names.group, [{ topic, partitions: 1 }]);
  return { [names.group]: offsets.get(`${topic}/0`) ?? -1 };
}
