import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';
import { diagramWords } from '../../src/core/text/steps/diagram-words.js';
import { stepSentence } from '../../src/core/text/steps/step-sentence.js';
import { translator } from '../../src/core/text/translate.js';
import { verdictSentence } from '../../src/core/text/verdict-sentence.js';
import { rowsOf } from '../../src/core/timeline/folds.js';
import { readTimeline, type Timeline } from '../../src/core/timeline/timeline.js';
import type { LabReport } from '../../src/shared/lab-report.js';
import { untilItSucceeds } from '../harness/processes.js';
import { themes, type Workbench } from '../harness/workbench.js';
import { axeViolations, focused, runFromPalette, startLab, texts, type LabVsCode } from './lab-window.js';
import { cells, knowledge, rowTexts } from './stage-page.js';

const t = translator({});
const lessons = JSON.parse(readFileSync('l10n/lessons.en.json', 'utf8')) as {
  readonly scenarios: Readonly<Record<string, { readonly title: string }>>;
};
const responseLost = 'producer.at-least-once.response-lost';

function titleOf(id: string): string {
  const title = lessons.scenarios[id]?.title;
  assert.ok(title, id);
  return title;
}

describe('the run, step by step, in a real VS Code', () => {
  let vscode: LabVsCode;
  let window: Workbench;
  let page: Frame;

  before(async () => {
    vscode = await startLab();
    window = await vscode.openWindow();
  });
  after(async () => {
    await vscode.stop();
  });

  for (const { id, layer } of coreScenarios)
    it(`${id}: rows, cells and verdict are those of the history`, async () => {
      page = await runFromPalette(window, titleOf(id));
      await page.locator('.stage .diagram.heads').waitFor();
      const { fault } = await storedReport(vscode, id);
      const timeline = readTimeline(fault.history, fault.verdict);
      await untilItSucceeds(
        'The page shows this run',
        async () => {
          assert.deepEqual(await drawnRows(page), expectedRows(timeline));
        },
        { timeoutMs: 20_000 },
      );
      for (const log of timeline.logs)
        assert.deepEqual(await cells(page, log.topic), finalValues(timeline, log.topic));
      const [verdict = ''] = await texts(page, '.verdict');
      assert.equal(verdict.toLowerCase(), verdictSentence(fault.verdict, layer, t).toLowerCase());
      await assertStrike(page, timeline);
    });

  it('stands at the strike with what the producer cannot know, and what is true', async () => {
    page = await runFromPalette(window, titleOf(responseLost));
    await page.locator('[data-focus="step-fault"]').click();
    await page.locator('.say', { hasText: 'the producer does not know' }).waitFor();
    assert.deepEqual(await knowledge(page), [
      ['m0 – m3 written', 'm4 unknown: no answer came', 'm5 – m9 not sent yet'],
      ['m0 – m4 at offsets 0 – 4', 'end offset 5, LSO 5'],
    ]);
    assert.deepEqual(await cells(page), ['m0', 'm1', 'm2', 'm3', 'm4']);
  });

  it('is walked with the arrow keys, and the log grows with the steps', async () => {
    await page.locator('.drawing').focus();
    for (const [key, count] of [
      ['ArrowRight', 5],
      ['ArrowRight', 6],
      ['ArrowLeft', 5],
      ['End', 11],
      ['Home', 0],
    ] as const) {
      await window.page.keyboard.press(key);
      await untilItSucceeds(
        `${key} leads to ${count} records`,
        async () => {
          assert.equal((await cells(page)).length, count);
        },
        { timeoutMs: 5000 },
      );
    }
    assert.equal(await focused(page), 'diagram');
  });

  it('opens a folded stretch by a press and folds it again', async () => {
    const before = (await rowTexts(page)).length;
    await page.locator('.row.fold text.pill').first().click();
    await page.locator('.row.opened').waitFor();
    assert.ok((await rowTexts(page)).length > before + 5);
    await page.locator('.say vscode-button', { hasText: 'Fold these steps' }).click();
    await page.locator('.row.opened').waitFor({ state: 'detached' });
    assert.equal((await rowTexts(page)).length, before);
  });

  it('plays from the beginning to the end by itself', async () => {
    await page.locator('vscode-dropdown[data-focus="speed"]').click();
    await page.locator('vscode-option', { hasText: 'fast' }).click();
    await page.locator('button[title="First step"]').click();
    await page.locator('[data-focus="play"]', { hasText: 'Play' }).click();
    await page.locator('[data-focus="play"]', { hasText: 'Pause' }).waitFor();
    await page.locator('[data-focus="play"]', { hasText: 'Play' }).waitFor({ timeout: 20_000 });
    assert.equal((await cells(page)).length, 11);
  });

  it('hides from a committed reader what he is not given, and shows it to the other', async () => {
    page = await runFromPalette(window, titleOf('producer.exactly-once.abort'));
    await page.locator('.log-strip .aborted').first().waitFor();
    const shown = () => page.locator('.log-strip .place[data-visible="true"]').count();
    assert.equal(await shown(), 0);
    await page.locator('[data-focus="isolation/read_uncommitted"]').click();
    await page.locator('[aria-checked="true"]', { hasText: 'read_uncommitted' }).waitFor();
    assert.equal(await shown(), 5);
  });

  it('shows the control run on the same stage, without a strike', async () => {
    await page.locator('[data-focus="stage-phase/control"]').click();
    await page.locator('.diagram .cross').waitFor({ state: 'detached' });
    assert.equal(await page.locator('[data-focus="step-fault"]').count(), 0);
    await page.locator('[data-focus="stage-phase/fault"]').click();
  });

  it('is after a reload as it was: step, isolation and opened stretches', async () => {
    await page.locator('[data-focus="step-fault"]').click();
    await page.locator('.say', { hasText: 'decides to abort' }).waitFor();
    await window.reload();
    page = await window.webview('.say', 60_000);
    await page.locator('.say', { hasText: 'decides to abort' }).waitFor({ timeout: 30_000 });
    await page.locator('[aria-checked="true"]', { hasText: 'read_uncommitted' }).waitFor();
  });

  for (const theme of themes)
    it(`has nothing that axe-core finds wrong at the strike, in ${theme}`, async () => {
      await window.stop();
      window = await vscode.openWindow({ theme });
      page = await runFromPalette(window, titleOf(responseLost));
      await page.locator('[data-focus="step-fault"]').click();
      await page.locator('.say', { hasText: 'does not know' }).waitFor();
      await page.locator('.words summary').click();
      await page.locator('.words dd').first().waitFor();
      assert.deepEqual(await axeViolations(page), []);
    });
});

async function storedReport({ globalStorage }: LabVsCode, id: string): Promise<LabReport> {
  const folder = path.join(globalStorage, 'kafka-semantics-lab.kafka-semantics-lab', 'reports');
  const file = path.join(folder, `${id}.json`);
  const stored = await untilItSucceeds(
    'The report is stored',
    async () => JSON.parse(await readFile(file, 'utf8')) as { readonly report: LabReport },
    { timeoutMs: 10_000 },
  );
  return stored.report;
}

async function drawnRows(page: Frame): Promise<readonly string[]> {
  const rows = await rowTexts(page);
  return rows.map((row) => row.replace(/^⊕ /, '').replace(/⚡ .*$/, ''));
}

function expectedRows(timeline: Timeline): readonly string[] {
  const words = diagramWords(timeline, t);
  return rowsOf(timeline.steps.length, timeline.folds, new Set()).map((row) => {
    const step = timeline.steps[row.first];
    return row.kind === 'step' && step !== undefined
      ? words.step(step)
      : words.fold({ isMinor: false, ...row });
  });
}

/** By the reader's word, not by the timeline's: what the final drain found, its markers included. */
function finalValues({ history }: Timeline, topic: string): readonly string[] {
  const drain = history.findLast(
    (event) => event.type === 'drain' && event.topic === topic && event.isolation === 'read_uncommitted',
  );
  if (drain?.type !== 'drain') return [];
  const markers = (drain.markers ?? []).map(({ offset, commit }) => ({
    offset,
    value: commit ? 'commit' : 'abort',
  }));
  return [...drain.records, ...markers]
    .sort((left, right) => left.offset - right.offset)
    .map(({ value }) => value);
}

async function assertStrike(page: Frame, { steps, jumps }: Timeline): Promise<void> {
  const step = steps[jumps.fault ?? -1];
  assert.ok(step);
  await page.locator('[data-focus="step-fault"]').click();
  await page.locator('.row.current').waitFor();
  await untilItSucceeds(
    'The sentence is told',
    async () => {
      assert.deepEqual(await texts(page, '.say p'), [stepSentence(step, t)]);
    },
    { timeoutMs: 5000 },
  );
}
