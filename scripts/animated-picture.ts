// npm run screenshots:animated [-- FILE.webp]: a run walked through step by step on the real lab page, as one animated picture for
// the README.
import { createRequire } from 'node:module';
import path from 'node:path';
import { cached, installPackages } from '../test/harness/cache.js';
import { removeFolder, temporaryFolder } from '../test/harness/temporary-folder.js';
import { startVsCode, type Workbench } from '../test/harness/workbench.js';

const sharpVersion = '0.34.5';
const title = 'The broker appends m4, but its answer never arrives';
const calmMs = 1600;
/** The moment that the whole is about is looked at longer. */
const strikeMs = 4000;

async function main(): Promise<void> {
  const file = process.argv[2] ?? path.join('media', 'readme', 'run.webp');
  const frames = await temporaryFolder('lab-frames');
  const vscode = await startVsCode({ workspace: path.resolve('sample'), extension: path.resolve('.') });
  try {
    const window = await vscode.openWindow({ theme: 'dark', width: 1180, height: 830 });
    await join(await walk(window, frames), file);
    console.log(file);
  } finally {
    await vscode.stop();
    await removeFolder(frames);
  }
}

interface Frame {
  readonly file: string;
  readonly delayMs: number;
}

async function walk(window: Workbench, folder: string): Promise<readonly Frame[]> {
  await window.command('View: Close Primary Side Bar');
  await window.command('Kafka Lab: Run Scenario…');
  await window.pick(title);
  const page = await window.webview('.stage .diagram.heads', 60_000);
  await page.locator('button[title="First step"]').click();
  await page.locator('.stage').evaluate((stage) => {
    (stage as unknown as { scrollIntoView(): void }).scrollIntoView();
  });
  const frames: Frame[] = [];
  for (let step = 0; ; step += 1) {
    const file = path.join(folder, `${step}.png`);
    await window.screenshot(file, '.webview');
    const isStrike = (await page.locator('.row.current .cross').count()) > 0;
    frames.push({ file, delayMs: isStrike ? strikeMs : calmMs });
    if ((await page.locator('button[title="Step on"][aria-disabled="true"]').count()) > 0) return frames;
    const counter = await page.locator('.counter').innerText();
    await page.locator('button[title="Step on"]').click();
    await page.locator('.counter', { hasNotText: counter }).waitFor();
  }
}

/** Only this script needs an encoder, so it is fetched into the cache and is no dependency. */
async function join(frames: readonly Frame[], file: string): Promise<void> {
  const folder = await cached(
    `sharp-${sharpVersion}`,
    'Fetching an encoder for animated pictures (npm, 20 MB)',
    (empty) => installPackages(empty, [`sharp@${sharpVersion}`]),
  );
  const sharp = createRequire(path.join(folder, 'package.json'))('sharp') as Sharp;
  const delay = frames.map(({ delayMs }) => delayMs);
  await sharp(
    frames.map((frame) => frame.file),
    { join: { animated: true } },
  )
    .webp({ quality: 82, delay, loop: 0 })
    .toFile(file);
}

type Sharp = (
  files: readonly string[],
  options: { readonly join: { readonly animated: true } },
) => { webp(options: object): { toFile(file: string): Promise<unknown> } };

void main();
