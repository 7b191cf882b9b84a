// npm run screenshots [-- [--scenario ID] [--locale fr] [--out FOLDER] [--page] [--narrow]]: the lab page after a run, in all
// four themes, as a user sees it; --page clips to the page, at twice the resolution, for the README.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startVsCode, themes, type Theme, type VsCode } from '../test/harness/workbench.js';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'producer.at-least-once.response-lost' },
    locale: { type: 'string', default: 'en' },
    out: { type: 'string', default: path.join('out', 'screenshots') },
    theme: { type: 'string', multiple: true, default: [...themes] },
    page: { type: 'boolean', default: false },
    narrow: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true });
  const locale = values.locale === 'fr' ? 'fr' : 'en';
  const vscode = await startVsCode({
    workspace: path.resolve('sample'),
    extension: path.resolve('.'),
    locale,
  });
  try {
    for (const theme of themes.filter((name) => values.theme.includes(name))) await picture(vscode, theme);
  } finally {
    await vscode.stop();
  }
}

async function picture(vscode: VsCode, theme: Theme): Promise<void> {
  const window = await vscode.openWindow({
    theme,
    width: values.narrow ? 700 : 1400,
    height: 900,
    scale: values.page ? 2 : 1,
  });
  try {
    await window.command(`Kafka Lab: ${(await texts('package.nls'))['command.runScenario'] ?? ''}`);
    await window.pick(await scenarioTitle());
    const page = await window.webview('#lab');
    // The table of events is there when the run is over.
    await page.locator('tr[data-seq]').first().waitFor({ timeout: 60_000 });
    const file = path.join(values.out, `${values.scenario}.${theme}.${values.locale}.png`);
    await window.screenshot(file, values.page ? '.webview' : undefined);
    console.log(file);
  } finally {
    await window.stop();
  }
}

async function scenarioTitle(): Promise<string> {
  const lessons = JSON.parse(await readFile(`l10n/lessons.${values.locale}.json`, 'utf8')) as {
    readonly scenarios: Readonly<Record<string, { readonly title: string }>>;
  };
  const lesson = lessons.scenarios[values.scenario];
  if (lesson === undefined) throw new Error(`There is no lesson for ${values.scenario}.`);
  return lesson.title;
}

async function texts(name: string): Promise<Readonly<Record<string, string>>> {
  const file = values.locale === 'fr' ? `${name}.fr.json` : `${name}.json`;
  return JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, string>>;
}

void main();
