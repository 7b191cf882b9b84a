import { visibleOutputs } from '../history/anomalies/outputs.js';
import { placeKey } from '../history/place-key.js';
import { gatherEvidence, type Evidence } from '../history/evidence/evidence.js';
import { endLabel } from '../history/evidence/drains.js';
import type { History } from '../history/events.js';
import { measuredTopics } from '../history/measured.js';
import type { Asked } from './asked.js';

/** How often a run has found what was asked. @returns `undefined` when it never looked (its topics were not read to their end) */
export function timesFound(history: History, asked: Asked): number | undefined {
  const evidence = gatherEvidence(history);
  switch (asked.place) {
    case 'effect':
      return effectsOf(evidence, asked.message);
    case 'output':
      return outputsOf(evidence, asked.message);
    case 'log':
    case 'visible':
      return recordsOf(evidence, asked);
  }
}

function effectsOf({ effects }: Evidence, message: string): number {
  return effects.filter(({ value, outcome }) => value === message && outcome === 'done').length;
}

function outputsOf(evidence: Evidence, message: string): number {
  const places = evidence.deliveries.filter(({ value }) => value === message).map(placeKey);
  return visibleOutputs(evidence).filter(({ source }) => places.includes(placeKey(source))).length;
}

function recordsOf(evidence: Evidence, { message, place, observed = endLabel }: Asked): number | undefined {
  const topics = measuredTopics(evidence);
  const read = evidence.drains
    .filter(({ label, topic }) => label === observed && topics.has(topic))
    .map(({ committed, uncommitted }) => (place === 'visible' ? committed : uncommitted));
  if (read.length === 0) return undefined;
  return read.flatMap((drain) => drain?.records ?? []).filter(({ value }) => value === message).length;
}
