import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page as BrowserPage } from 'playwright-core';
import { check } from '../src/core/history/check.js';
import type { History } from '../src/core/history/events.js';
import { summarised } from '../src/core/history/summarised.js';
import type { Page } from '../src/shared/page.js';
import { launchChromium, missingForChromium } from '../test/harness/chromium.js';
import { median, type Figure } from './figure.js';
import { longHistory } from './page/long-history.js';
import { openPage } from './page/open-page.js';

const script = readFileSync(path.join('bench', 'page', 'measured.mjs'), 'utf8');
/** A frame at 60 a second. */
const frameMs = 1000 / 60;

/** The lab page over long histories in a real Chromium, and how much code it brings beside the toolkit. */
export async function labPage(rounds: number): Promise<readonly Figure[]> {
  const missing = missingForChromium();
  const size = await pageCode();
  if (missing !== undefined) return [size];
  return [
    ...(await figures('100,000 events', pageOf(longHistory(100_000)), rounds, 200)),
    ...(await figures('100,000 events, all twice', pageOf(longHistory(100_000, 'all')), rounds, 200)),
    ...(await figures('1,000,000 events', pageOf(longHistory(1_000_000)), 1)),
    size,
  ];
}

async function figures(
  many: string,
  page: Page,
  rounds: number,
  paintTargetMs?: number,
): Promise<readonly Figure[]> {
  const paints: Paint[] = [];
  let steps: readonly number[] = [];
  const browser = await launchChromium();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const opened = await openPage(browser);
      await opened.evaluate(script);
      paints.push(await firstPaint(opened, page));
      steps = await opened.evaluate<number[]>('steps(120)');
      await opened.close();
    }
  } finally {
    await browser.close();
  }
  const sorted = [...steps].sort((left, right) => left - right);
  const slow = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const id = `page.${many.replaceAll(/\W+/g, '-')}`;
  return [
    {
      ...{ id: `${id}.paint`, what: `lab page of ${many}: data → first paint`, unit: 'ms' },
      measured: median(paints.map(({ paint }) => paint)),
      note: `with the diagram ${median(paints.map(({ whole }) => whole)).toFixed(0)} ms`,
      ...(paintTargetMs === undefined ? {} : { target: { bound: 'at most', value: paintTargetMs } }),
    },
    {
      ...{ id: `${id}.step`, what: `lab page of ${many}: one step (95 of 100)`, unit: 'ms' },
      measured: slow,
      ...(paintTargetMs === undefined ? {} : { target: { bound: 'at most', value: frameMs } }),
      note: `in the middle ${median(steps).toFixed(1)} ms; a frame at 60 a second has 16.7 ms`,
    },
  ];
}

interface Paint {
  readonly paint: number;
  readonly whole: number;
}

/** The data are in the page before the clock starts: from the host they come the same way, whatever the page does with them. */
async function firstPaint(opened: BrowserPage, page: Page): Promise<Paint> {
  await opened.evaluate((data) => {
    (globalThis as unknown as { data: unknown }).data = data;
  }, page);
  return opened.evaluate<Paint>('firstPaint(data)');
}

/** As `Open History…` sends it. */
function pageOf(history: History): Page {
  const verdict = check(history);
  const { history: shown, leftOut } = summarised(history, verdict);
  const phase = { history: shown, verdict };
  return {
    opened: { name: 'long.jsonl', file: 'file:///long.jsonl', phase, events: history.length, leftOut },
    run: { kind: 'none' },
    catalogue: [],
    busy: false,
  };
}

async function pageCode(): Promise<Figure> {
  const { outputFiles } = await build({
    ...{ entryPoints: ['src/webview/main.ts'], bundle: true, minify: true, write: false, format: 'esm' },
    external: ['@vscode/webview-ui-toolkit'],
  });
  return {
    ...{ id: 'page.code', what: 'code of the pages beside the toolkit', unit: 'kB' },
    measured: (outputFiles[0]?.contents.length ?? 0) / 1000,
    target: { bound: 'at most', value: 150 },
  };
}
