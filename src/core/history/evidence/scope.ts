import type { Layer, TopicRole } from '../../layer.js';
import type { RunEvent } from '../events.js';
import type { Delivery } from './deliveries.js';
import type { DrainedPartition } from './drains.js';
import type { Effect } from './effects.js';
import type { Send } from './sends.js';

/** What a history is about: the layer that it measures, and which topics lie on which side of it. */
export interface Scope {
  readonly layer: Layer;
  readonly topicsOf: (role: TopicRole) => readonly string[];
  readonly partitionsOf: (topic: string) => number;
}

interface Seen {
  readonly sends: readonly Send[];
  readonly deliveries: readonly Delivery[];
  readonly effects: readonly Effect[];
  readonly drains: readonly DrainedPartition[];
}

/** The run event tells it; where somebody else's history does not, it is inferred from what was done. */
export function readScope(run: RunEvent | undefined, seen: Seen): Scope {
  const partitions = partitionCounts(run, seen);
  const roles = rolesOf(run, seen, [...partitions.keys()]);
  return {
    layer: run?.layer ?? inferredLayer(seen),
    topicsOf: (role) => roles.filter((one) => one.role === role).map(({ topic }) => topic),
    partitionsOf: (topic) => partitions.get(topic) ?? 0,
  };
}

function inferredLayer({ sends, effects }: Seen): Layer {
  const transforms = sends.some(({ source }) => source !== undefined);
  if (transforms) {
    return 'input-to-output';
  }
  return effects.length > 0 ? 'log-to-effect' : 'producer-to-log';
}

interface TopicWithRole {
  readonly topic: string;
  readonly role: TopicRole;
}

/** Without being told, a topic that was polled or named as a source is an input; every other one is an output. */
function rolesOf(run: RunEvent | undefined, seen: Seen, known: readonly string[]): readonly TopicWithRole[] {
  if (run !== undefined && run.topics.length > 0) {
    return run.topics;
  }
  const inputs = new Set([
    ...seen.deliveries.map(({ topic }) => topic),
    ...seen.effects.map(({ topic }) => topic),
    ...seen.sends.flatMap(({ source }) => (source === undefined ? [] : [source.topic])),
  ]);
  return known.map((topic) => ({ topic, role: inputs.has(topic) ? 'input' : 'output' }));
}

function partitionCounts(run: RunEvent | undefined, seen: Seen): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(run?.topics.map(({ topic, partitions }) => [topic, partitions]));
  const places = [...seen.sends, ...seen.deliveries, ...seen.effects, ...seen.drains];
  for (const { topic, partition } of places) {
    counts.set(topic, Math.max(counts.get(topic) ?? 0, partition + 1));
  }
  return counts;
}
