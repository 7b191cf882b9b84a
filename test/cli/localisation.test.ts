import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { allScenarios } from '../../src/core/scenario/catalogue.js';
import { allSemantics } from '../../src/core/semantics/table.js';
import type { Lessons } from '../../src/core/text/lessons.js';
import type { Bundle } from '../../src/core/text/translate.js';
import { messageUses, placeholders } from './messages.js';

const uses = messageUses('src');
const sentences = [...new Set(uses.flatMap(({ sentence }) => sentence ?? []))].sort();
const french = readJson('l10n/bundle.l10n.fr.json') as Bundle;

describe('the sentences of the program', () => {
  it('are literals wherever they are used, so that none can escape the translation', () => {
    assert.ok(uses.length > 100, `only ${uses.length} uses found`);
    assert.deepEqual(
      uses.filter(({ sentence }) => sentence === undefined).map(({ place }) => place),
      [],
    );
  });

  it('are all in the French bundle, and it holds no others', () => {
    const translated = Object.keys(french);
    assert.deepEqual(
      {
        missing: sentences.filter((sentence) => !Object.hasOwn(french, sentence)),
        stale: translated.filter((sentence) => !sentences.includes(sentence)),
      },
      { missing: [], stale: [] },
    );
  });

  it('have the same placeholders in French', () => {
    for (const [english, translation] of Object.entries(french))
      assert.deepEqual(placeholders(translation), placeholders(english), english);
  });

  it('are never left in English by oversight', () => {
    const same = Object.entries(french).filter(([english, translation]) => english === translation);
    const words = same
      .map(([english]) => english.replace(/\{\w+\}/g, ''))
      .filter((text) => /[a-z]{4}/i.test(text));
    assert.deepEqual(
      words.filter((text) => !sameInFrench.has(text.trim())),
      [],
    );
  });

  it('keep French spacing: a no-break space before two-part punctuation and inside quotation marks', () => {
    for (const translation of Object.values(french)) assert.doesNotMatch(translation, / [:;!?»]|« /);
  });
});

/** Words that the two languages share; a new one is added here by hand. */
const sameInFrench: ReadonlySet<string> = new Set([
  '1 partition',
  ', partition',
  'Cluster ,',
  'Offset',
  'Pause',
  'Verdict',
  'message',
  'ok, offset',
  '→ offset',
  'transactions',
  'high watermark',
  'Offset…',
  'Sources',
  'Topic',
  'broker',
  'client',
  'high watermark , LSO',
  'LSO , high watermark',
  'note',
  'leader',
  'offset',
  'partition',
  'partitions',
  'pipeline',
  'version',
  'Topics',
  'offset',
  'offsets',
  'Message',
]);

describe('the texts of package.json', () => {
  const english = readJson('package.nls.json') as Bundle;
  const translated = readJson('package.nls.fr.json') as Bundle;

  it('have the same keys in both languages, and package.json uses each', () => {
    assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
    const manifest = readFileSync('package.json', 'utf8');
    const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  });
});

describe('the lessons', () => {
  for (const language of ['en', 'fr']) {
    const lessons = readJson(`l10n/lessons.${language}.json`) as Lessons;

    it(`cover exactly the catalogue and the semantics (${language})`, () => {
      assert.deepEqual(Object.keys(lessons.scenarios).sort(), allScenarios.map(({ id }) => id).sort());
      assert.deepEqual(Object.keys(lessons.semantics).sort(), allSemantics.map(({ id }) => id).sort());
    });

    it(`ask one question, explain in three to six sentences and cite a source (${language})`, () => {
      for (const [id, { question, why, misconception, sources, strikes }] of Object.entries(
        lessons.scenarios,
      )) {
        assert.equal(question.match(/\?/g)?.length, 1, id);
        const count = why.match(/[.!?](?=\s|$)/g)?.length ?? 0;
        assert.ok(count >= 3 && count <= 6, `${id}: ${count} sentences`);
        assert.match(misconception, /^(“.+”|«\u00A0.+\u00A0»)$/, id);
        assert.ok(sources.length > 0, id);
        assert.ok(strikes.length <= 56, `${id}: what strikes must fit in a column`);
      }
    });
  }
});

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
