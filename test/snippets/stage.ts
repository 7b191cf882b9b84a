import { deleteGroup } from '../../src/clients/groups.js';
import { pollUntil } from '../../src/clients/poll-until.js';
import { writeRecord } from '../../src/clients/seed.js';
import { createTopics, deleteTopics, leadersOf } from '../../src/clients/topics.js';
import type { ClusterConnection } from '../../src/clients/cluster-connection.js';
import type { Layer } from '../../src/core/layer.js';
import type { SnippetId } from '../../src/core/snippets/snippet.js';
import type { ProvingBroker } from './brokers.js';
import type { ProofChronicle } from './chronicle.js';
import type { Names } from './names.js';
import { isProducer, writesOutput, type Trial } from './trials.js';

/** What every program sends, or finds in its input topic. */
export const messages: readonly string[] = [...Array(10).keys()].map((index) => `m${index}`);

export interface Stage {
  readonly broker: ProvingBroker;
  readonly chronicle: ProofChronicle;
  readonly names: Names;
  readonly id: SnippetId;
  readonly trial: Trial;
}

/** Empty topics, and no trace of the group; the input of consumers holds the ten messages. */
export async function setStage(stage: Stage): Promise<void> {
  const { broker, chronicle, names, id, trial } = stage;
  const topics = topicsOf(stage);
  await removeTraces(broker.cluster, topics, names.group);
  await createTopics(
    broker.cluster,
    topics.map((topic) => ({ topic, partitions: 1 })),
  );
  chronicle.record({
    type: 'run',
    scenario: `${id.semantics}/${id.form}`,
    phase: trial.strike ? 'fault' : 'control',
    broker: broker.kind,
    layer: layerOf(id),
    topics: topics.map((topic) => ({
      topic,
      role: topic === names.input && !isProducer(id) ? 'input' : 'output',
      partitions: 1,
    })),
    groups: isProducer(id) ? [] : [names.group],
  });
  if (!isProducer(id)) await seed(stage);
}

export function topicsOf({ id, names }: Pick<Stage, 'id' | 'names'>): readonly string[] {
  return writesOutput(id) ? [names.input, names.output] : [names.input];
}

function layerOf(id: SnippetId): Layer {
  if (isProducer(id)) return 'producer-to-log';
  return writesOutput(id) ? 'input-to-output' : 'log-to-effect';
}

/** Until the broker itself no longer knows a topic, it might be asked about the one that is going instead of the new one. */
async function removeTraces(
  cluster: ClusterConnection,
  topics: readonly string[],
  group: string,
): Promise<void> {
  await deleteGroup(cluster, group);
  await deleteTopics(cluster, topics);
  const gone = await pollUntil(
    async () => ((await leadersOf(cluster, topics)).size === 0 ? true : undefined),
    { everyMs: 20, withinMs: 10_000 },
  );
  if (gone === undefined) throw new Error(`The broker does not let go of ${topics.join(', ')}.`);
}

async function seed({ broker, chronicle, names }: Stage): Promise<void> {
  const topic = names.input;
  const leader = (await leadersOf(broker.cluster, [topic])).get(`${topic}/0`) ?? -1;
  chronicle.record({ type: 'process', process: 'seeder', actor: 'seeder', event: 'start' });
  for (const value of messages) {
    const offset = await writeRecord(broker.cluster, leader, { topic, partition: 0, value });
    chronicle.ok('seeder', { f: 'send', topic, partition: 0, value }, { offset });
  }
  chronicle.record({ type: 'process', process: 'seeder', actor: 'seeder', event: 'stop' });
}
