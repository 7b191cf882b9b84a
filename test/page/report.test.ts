import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../src/core/history/check.js';
import { judge, type Phase } from '../../src/core/history/judge.js';
import { parseHistory } from '../../src/core/history/jsonl.js';
import { askedOf } from '../../src/core/prediction/asked.js';
import { reportContent, type ReportContent } from '../../src/core/report/content.js';
import { htmlReport } from '../../src/core/report/html.js';
import { markdownReport } from '../../src/core/report/markdown.js';
import { scenarioById } from '../../src/core/scenario/catalogue.js';
import type { Lessons } from '../../src/core/text/lessons.js';
import { translator } from '../../src/core/text/translate.js';

const id = 'producer.at-least-once.response-lost';
const t = translator({});

describe('the report of a run', () => {
  it('holds question, prediction, verdict, what the producer knew, what was true, and why', () => {
    const content = contentWith('');
    assert.equal(content.verdict, 'Duplicate 1 (m4 at offsets 4 and 5)');
    assert.deepEqual(content.prediction, [
      'How often will m4 be in the log?',
      'You said: once. It was: twice.',
      'What misleads here: “An error means that it was not written.”',
    ]);
    assert.deepEqual(content.knows.lines, [
      'm0 – m3 written',
      'm4 unknown: no answer came',
      'm5 – m9 not sent yet',
    ]);
    assert.deepEqual(content.truth, ['m0 – m4 at offsets 0 – 4']);
    assert.match(content.run.sentence, /That answer is lost and the connection is cut/);
    assert.deepEqual(content.layers.rows, [['producer → log', '10', '11', '0', '1', '✗ violated', '✓ held']]);
  });

  it('is one HTML file that loads nothing from elsewhere', () => {
    const html = htmlReport(contentWith('I see.'), { language: 'en', styles: 'p{}', t });
    assert.doesNotMatch(html, /<script|<link|<img|src=|href=/);
    assert.match(html, /<div class="words"[^>]*>I see\.<\/div>/);
    assert.equal(html.match(/<svg /g)?.length, 2);
  });

  it('cannot be broken by what the learner has written', () => {
    const words = '</div><script>alert(1)</script> & "quoted"\n# not a heading';
    const html = htmlReport(contentWith(words), { language: 'en', styles: '', t });
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;quoted&quot;/);
    const markdown = markdownReport(contentWith(words), ['a.svg', 'b.svg'], t);
    assert.match(markdown, /^> # not a heading$/m);
  });

  it('is Markdown whose drawings lie beside it, with a place for the learner’s words', () => {
    const markdown = markdownReport(contentWith(''), ['run.1.svg', 'run.2.svg'], t);
    assert.match(markdown, /^# The broker appends m4, but its answer never arrives$/m);
    assert.match(markdown, /!\[Sequence diagram\]\(run\.1\.svg\)/);
    assert.match(markdown, /!\[Output, partition 0\]\(run\.2\.svg\)/);
    assert.match(markdown, /^## In my own words\n\n\*What happened, and why\?\*$/m);
  });
});

function contentWith(words: string): ReportContent {
  const scenario = scenarioById(id);
  const lessons = JSON.parse(readFileSync('l10n/lessons.en.json', 'utf8')) as Lessons;
  const [text, semantics] = [lessons.scenarios[id], lessons.semantics['producer.at-least-once']];
  assert.ok(scenario && text && semantics);
  const fault = recorded();
  return reportContent({
    ...{ scenario, text, semantics, fault, words, t },
    control: fault,
    judgement: {
      ...judge(scenario, fault, fault),
      conclusive: true,
      asExpected: true,
      inconclusiveBecause: [],
    },
    prediction: { asked: askedOf(scenario), said: 1, found: 2 },
    where: 'Embedded broker · 0.4 s',
    date: 'today',
  });
}

function recorded(): Phase {
  const file = path.join('test', 'unit', 'timeline', 'histories', `${id}.jsonl`);
  const parsed = parseHistory(readFileSync(file, 'utf8'));
  assert.ok(parsed.ok);
  return { history: parsed.history, verdict: check(parsed.history) };
}
