import type { TopicRole } from '../layer.js';
import type { Evidence } from './evidence/evidence.js';

/**
 * The topics that a layer measures: the input where effects are measured, else the output. Where no topic has that role
 * (another tool's history may name a producer's topic as it likes), all of them.
 */
export function measuredTopics(evidence: Evidence): ReadonlySet<string> {
  const role = measuredRole(evidence);
  const topics = evidence.topicsOf(role);
  return new Set(
    topics.length > 0 ? topics : [...evidence.topicsOf('input'), ...evidence.topicsOf('output')],
  );
}

function measuredRole({ layer }: Evidence): TopicRole {
  switch (layer) {
    case 'log-to-effect':
    case 'external-effect':
      return 'input';
    case 'producer-to-log':
    case 'input-to-output':
      return 'output';
  }
}
