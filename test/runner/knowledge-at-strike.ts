import { knownWords, offsetWords, truthWords } from '../../src/core/text/steps/knowledge-words.js';
import { rangesOf } from '../../src/core/text/steps/ranges.js';
import { translator } from '../../src/core/text/translate.js';
import { knowledgeAt } from '../../src/core/timeline/knowledge.js';
import { actorAt } from '../../src/core/timeline/places.js';
import { readTimeline } from '../../src/core/timeline/timeline.js';
import type { RunReport } from '../../src/runner/run.js';

const t = translator({});

/** One line for each scenario: what the struck client can know, a bar, and what is true at the same moment. */
export function knowledgeAtStrike({ scenario, fault }: RunReport): string {
  const timeline = readTimeline(fault.history, fault.verdict);
  const step = timeline.steps[timeline.jumps.fault ?? -1];
  const process = actorAt(timeline.steps, step?.index ?? 0) ?? '';
  const { isAlive, knows, offsets, truth, committed, effects } = knowledgeAt(
    timeline,
    step?.until ?? 0,
    process,
  );
  const known = isAlive
    ? [
        ...knows.map(({ state, values }) => `${rangesOf(values)} ${knownWords(state, t)}`),
        ...offsets.map((belief) => offsetWords(belief, t)),
      ]
    : ['dead'];
  const facts = [
    ...truth.map((place) => `${rangesOf(place.values)} ${truthWords(place, t)}`),
    ...effects.map(({ values, times }) => `${rangesOf(values)} processed ${times}×`),
    ...committed.map(({ offset }) => `committed ${offset}`),
  ];
  // With acks=0 nobody waits: how far the broker has come when m4 is struck is not the same in every run.
  const isPaced = scenario.semantics !== 'producer.at-most-once';
  return `${scenario.id}: ${known.join('; ')}${isPaced ? ` | ${facts.join('; ')}` : ''}`;
}

/** In the order of the catalogue. */
export const expectedKnowledge: readonly string[] = [
  'producer.at-most-once.request-lost: m0 – m3 sent; nobody answers (acks=0); m4 sent, no answer yet; m5 – m9 not sent yet',
  'producer.at-least-once.response-lost: m0 – m3 written; m4 unknown: no answer came; m5 – m9 not sent yet | m0 – m4 at offsets 0 – 4',
  'producer.exactly-once.response-lost: m0 – m3 written; m4 unknown: no answer came; m5 – m9 not sent yet | m0 – m4 at offsets 0 – 4',
  'producer.exactly-once.abort: m0 – m4 in an open transaction | m0 – m4 at offsets 0 – 4, in an open transaction',
  'producer.exactly-once.crash-then-other-writer: dead | m0 – m4 at offsets 0 – 4, in an open transaction',
  'producer.exactly-once.restart-same-id: dead | m0 – m4 at offsets 0 – 4, in an open transaction',
  'consumer.at-most-once.crash-after-commit: dead | m0 – m3 processed 1×; committed 5',
  'consumer.at-least-once.crash-before-commit: dead | m0 – m4 processed 1×; committed 4',
  'consumer.exactly-once.course: dead | m0 – m4 processed 1×; committed 4',
  'consumer.exactly-once.idempotent-effect: dead | m0 – m4 processed 1×; committed 4',
  'pipeline.produce-then-commit: dead | M0 – M4 at offsets 0 – 4; committed 4',
  'pipeline.commit-then-produce: dead | M0 – M3 at offsets 0 – 3; committed 5',
  'pipeline.exactly-once: dead | M0 – M3 between offsets 0 and 6, committed; M4 at offset 8, in an open transaction; committed 4',
  'pipeline.exactly-once.abort-without-rewind: M0 in a committed transaction; M1 in an open transaction; m0, m1 read; offset 2 in an open transaction | M0 at offset 0, committed; M1 at offset 2, in an open transaction; committed 1',
  'pipeline.exactly-once.abort-with-rewind: M0 in a committed transaction; M1 in an open transaction; m0, m1 read; offset 2 in an open transaction | M0 at offset 0, committed; M1 at offset 2, in an open transaction; committed 1',
];
