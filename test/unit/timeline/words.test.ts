import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/core/history/check.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { glossary } from '../../../src/core/text/steps/glossary.js';
import { translator } from '../../../src/core/text/translate.js';
import { ledgerAt } from '../../../src/core/timeline/effects.js';
import type { EffectDone } from '../../../src/core/timeline/log-entry.js';
import { readTimeline, type Timeline } from '../../../src/core/timeline/timeline.js';

const everywhere = ['offset', 'end offset', 'high watermark', 'LSO'];

describe('The words of the pictures', () => {
  it('name an output beside its input where a pipeline makes one of the other, and the one that matters', () => {
    const [first] = glossary(recorded('pipeline.exactly-once'), translator({}));
    assert.deepEqual(first, { term: 'M4', meaning: 'The output that was made of m4.' });
  });

  it('are only those that the run uses', () => {
    const terms = (id: string) => glossary(recorded(id), translator({})).map(({ term }) => term);
    assert.deepEqual(terms('producer.at-least-once.response-lost'), everywhere);
    const reading = ['committed offset', 'reads … next'];
    assert.deepEqual(terms('consumer.at-most-once.crash-after-commit'), [
      ...everywhere,
      'groups',
      ...reading,
    ]);
    assert.deepEqual(terms('pipeline.exactly-once'), [
      ...['M4', ...everywhere, 'commit, abort'],
      'InitProducerId, AddPartitionsToTxn, AddOffsetsToTxn, TxnOffsetCommit, EndTxn',
      ...['transactions, groups', 'producer id/epoch·sequence', ...reading],
    ]);
  });
});

describe('The ledger of effects', () => {
  it('counts how often each was done, without those that were recognised', () => {
    const done = (at: number, value: string, isRecognised = false): EffectDone => ({
      ...{ at, process: 'c', value, isRecognised },
    });
    const effects = [done(1, 'm0'), done(3, 'm1'), done(5, 'm0'), done(7, 'm0', true), done(9, 'm0')];
    const timeline = { effects } as unknown as Timeline;
    const told = (moment: number, most: number) => {
      const { last, before } = ledgerAt(timeline, moment, most);
      return [before, ...last.map(({ number, value, times }) => `${number} ${value} ${times}`)];
    };
    assert.deepEqual(told(0, 9), [0]);
    assert.deepEqual(told(5, 9), [0, '1 m0 1', '2 m1 1', '3 m0 2']);
    assert.deepEqual(told(9, 2), [3, '4 m0 2', '5 m0 3']);
  });
});

function recorded(id: string): Timeline {
  const file = path.join('test', 'unit', 'timeline', 'histories', `${id}.jsonl`);
  const parsed = parseHistory(readFileSync(file, 'utf8'));
  assert.ok(parsed.ok);
  return readTimeline(parsed.history, check(parsed.history));
}
