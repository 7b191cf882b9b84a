// npm run screenshots [-- [--scenario ID] [--core] [--locale fr] [--theme NAME] [--out FOLDER] [--page] [--narrow] [--tall]]: the lab
// page after a run, in all four themes, as a user sees it; --core: all fifteen, in light and dark, English and French, in a tall
// window; --page clips to the page, at twice the resolution, for the README.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { coreScenarios } from '../src/core/scenario/catalogue.js';
import { untilItSucceeds } from '../test/harness/processes.js';
import { startVsCode, themes, type Theme, type Workbench } from '../test/harness/workbench.js';

type Locale = 'en' | 'fr';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'producer.at-least-once.response-lost' },
    locale: { type: 'string', default: 'en' },
    out: { type: 'string', default: path.join('out', 'screenshots') },
    theme: { type: 'string', multiple: true },
    core: { type: 'boolean', default: false },
    tall: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    narrow: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true });
  if (!values.core) return pictures(values.locale === 'fr' ? 'fr' : 'en', [values.scenario]);
  const all = coreScenarios.map(({ id }) => id);
  await pictures('en', all);
  await pictures('fr', all);
}

/** One window for each theme; the scenarios are run in it one after the other. */
async function pictures(locale: Locale, scenarios: readonly string[]): Promise<void> {
  const wanted = values.theme ?? (values.core ? ['light', 'dark'] : themes);
  const vscode = await startVsCode({
    workspace: path.resolve('sample'),
    extension: path.resolve('.'),
    locale,
  });
  try {
    for (const theme of themes.filter((name) => wanted.includes(name))) {
      const window = await vscode.openWindow({
        theme,
        width: values.narrow ? 700 : 1400,
        height: values.core || values.tall ? 2600 : 900,
        scale: values.page ? 2 : 1,
      });
      for (const scenario of scenarios) await picture(window, scenario, theme, locale);
      await window.stop();
    }
  } finally {
    await vscode.stop();
  }
}

async function picture(window: Workbench, scenario: string, theme: Theme, locale: Locale): Promise<void> {
  const command = `Kafka Lab: ${(await texts('package.nls', locale))['command.runScenario'] ?? ''}`;
  const title = await scenarioTitle(scenario, locale);
  // A window that has just opened may still give the focus to something else, which closes the list.
  await untilItSucceeds(
    `“${title}” is chosen`,
    async () => {
      await window.command(command);
      await window.pick(title, 10_000);
    },
    { timeoutMs: 60_000, everyMs: 500 },
  );
  const page = await window.webview('#lab');
  await page.locator('h1', { hasText: title }).waitFor();
  // The table of events is there when the run is over.
  await page.locator('tr[data-seq]').first().waitFor({ timeout: 60_000 });
  await page.locator('.answer.running').waitFor({ state: 'detached', timeout: 60_000 });
  const file = path.join(values.out, `${scenario}.${theme}.${locale}.png`);
  await window.screenshot(file, values.page ? '.webview' : undefined);
  console.log(file);
}

async function scenarioTitle(scenario: string, locale: Locale): Promise<string> {
  const lessons = JSON.parse(await readFile(`l10n/lessons.${locale}.json`, 'utf8')) as {
    readonly scenarios: Readonly<Record<string, { readonly title: string }>>;
  };
  const lesson = lessons.scenarios[scenario];
  if (lesson === undefined) throw new Error(`There is no lesson for ${scenario}.`);
  return lesson.title;
}

async function texts(name: string, locale: Locale): Promise<Readonly<Record<string, string>>> {
  const file = locale === 'fr' ? `${name}.fr.json` : `${name}.json`;
  return JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, string>>;
}

void main();
