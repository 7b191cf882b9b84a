import type { AnomalyRule } from './anomalies/rule.js';
import { anomalyRules } from './anomalies/rules.js';
import { countsOf, observedCounts } from './counts.js';
import { gatherEvidence, type Evidence } from './evidence/evidence.js';
import type { History } from './events.js';
import { guards } from './guards/guards.js';
import { layersOf } from './layers.js';
import type { Anomaly, Verdict } from './verdict.js';

/**
 * The verdict of a history, computed from it alone: the same for our runner's and for somebody else's, with the
 * broker's own events or without. What the scenario expected is held against it by `judge`.
 */
export function check(history: History): Verdict {
  const evidence = gatherEvidence(history);
  const layers = layersOf(evidence);
  return {
    counts: countsOf(evidence, layers[0]),
    observed: observedCounts(evidence),
    anomalies: anomalyRules.flatMap((rule) => anomaly(rule, evidence)),
    layers,
    doubts: guards.flatMap((guard) => guard(evidence)),
  };
}

function anomaly({ name, informational, find }: AnomalyRule, evidence: Evidence): readonly Anomaly[] {
  const findings = find(evidence);
  return findings.length === 0
    ? []
    : [
        {
          name,
          informational,
          count: findings.reduce((total, { count }) => total + count, 0),
          witnesses: findings.map(({ witness }) => witness),
        },
      ];
}
