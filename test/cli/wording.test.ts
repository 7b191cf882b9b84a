import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Anomaly, AnomalyName, Counts, Verdict } from '../../src/core/history/verdict.js';
import { anomalyName } from '../../src/core/text/anomaly-name.js';
import { anomalySentence } from '../../src/core/text/anomaly-sentence.js';
import { countsSentence } from '../../src/core/text/counts-sentence.js';
import { translator, type Bundle } from '../../src/core/text/translate.js';
import { verdictSentence } from '../../src/core/text/verdict-sentence.js';
import { sampleResults } from './sample-results.js';

const english = translator({});
const french = translator(JSON.parse(readFileSync('l10n/bundle.l10n.fr.json', 'utf8')) as Bundle);

describe('the wording of a verdict', () => {
  it('counts one and several in different words, in both languages', () => {
    assert.equal(say([anomaly('duplicate', 'm4')]), 'duplicate 1 (m4)');
    assert.equal(say([anomaly('duplicate', 'm4', 'm5')]), 'duplicates 2 (m4, m5)');
    assert.equal(say([anomaly('duplicate', 'm4', 'm5')], french), 'doublons 2 (m4, m5)');
    assert.equal(
      say([anomaly('skipped', 'm4', 'm5')], french),
      'perdus 2 (m4, m5)\u00A0: jamais traités, leurs offsets sont validés',
    );
  });

  it('names three witnesses and counts the others', () => {
    assert.equal(
      say([anomaly('phantom', 'm0', 'm1', 'm2', 'm3', 'm4')]),
      'phantoms 5 (m0, m1, m2 and 2 more): not acknowledged, yet written',
    );
  });

  it('says a loss once, by the name that teaches most', () => {
    const loss = say([anomaly('lost-write', 'm4'), anomaly('unseen', 'm4'), anomaly('silent-loss', 'm4')]);
    assert.equal(loss, 'lost 1 (m4), silent: the producer was told “ok”');
  });

  it('says two different findings side by side', () => {
    assert.equal(
      say([anomaly('silent-loss', 'm1'), anomaly('duplicate', 'm0')]),
      'lost 1 (m1), silent: the producer was told “ok” · duplicate 1 (m0)',
    );
  });

  it('has a name and two sentences for every anomaly, in both languages', () => {
    for (const name of anomalyNames) {
      assert.notEqual(anomalyName(name, french), anomalyName(name, english), name);
      for (const t of [english, french]) {
        const one = anomalySentence(anomaly(name, 'm4'), t);
        const two = anomalySentence(anomaly(name, 'm4', 'm5'), t);
        assert.match(one, /\.$/);
        assert.match(two, /2/);
        assert.notEqual(one, two);
      }
    }
  });

  it('calls a run without a finding clean, and says what the broker recognised', () => {
    assert.equal(say([]), 'nothing lost, nothing doubled');
    assert.equal(
      verdictSentence({ ...verdict([]), counts: { ...counts, deduplicated: 2 } }, 'producer-to-log', english),
      'nothing lost, nothing doubled: the broker recognised 2 repeats',
    );
  });

  it('tells failed and unknown sends apart', () => {
    const told = { ...counts, ok: 8, failed: 1, unknown: 1, readUncommitted: 9, readCommitted: 9 };
    assert.equal(countsSentence(told, 'producer-to-log', english), 'ok 8, failed 1, unknown 1, log 9');
    assert.equal(
      countsSentence({ ...told, failed: 0 }, 'producer-to-log', english),
      'ok 8, unknown 1, log 9',
    );
  });

  it('never leaves a placeholder unfilled', () => {
    for (const { scenario, fault } of sampleResults())
      for (const t of [english, french]) {
        const text =
          verdictSentence(fault.verdict, scenario.layer, t) +
          countsSentence(fault.verdict.counts, scenario.layer, t);
        assert.doesNotMatch(text, /[{}]/, scenario.id);
      }
  });
});

const anomalyNames: readonly AnomalyName[] = [
  'inconsistent-offsets',
  'duplicate',
  'lost-write',
  'unseen',
  'aborted-read',
  'precommitted-read',
  'poll-skip',
  'int-poll-skip',
  'nonmonotonic-poll',
  'int-nonmonotonic-poll',
  'nonmonotonic-send',
  'int-nonmonotonic-send',
  'write-isolation',
  'lost-in-log',
  'lost-in-client',
  'silent-loss',
  'reported-loss',
  'phantom',
  'skipped',
  'duplicate-delivery',
  'duplicate-effect',
  'duplicate-output',
  'lost-output',
  'orphan-output',
  'torn-transaction',
  'aborted-visible',
  'blocked',
  'fenced-write',
];

function anomaly(name: AnomalyName, ...values: readonly string[]): Anomaly {
  return {
    name,
    count: values.length,
    witnesses: values.map((value) => ({ value, events: [] })),
    informational: false,
  };
}

const counts: Counts = {
  sent: 10,
  ok: 10,
  failed: 0,
  unknown: 0,
  readUncommitted: 10,
  readCommitted: 10,
  endOffset: 10,
  lastStableOffset: 10,
  deduplicated: 0,
  deliveries: 0,
  effects: 0,
  lost: 0,
  duplicates: 0,
};

function verdict(anomalies: readonly Anomaly[]): Verdict {
  return { counts, observed: {}, anomalies, layers: [], doubts: [] };
}

function say(anomalies: readonly Anomaly[], t = english): string {
  return verdictSentence(verdict(anomalies), 'producer-to-log', t);
}
