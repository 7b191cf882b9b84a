import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { cached, installPackages } from './cache.js';
import { runToEnd } from './processes.js';

/** The last release whose installation works on Node 20. */
const sparticuzVersion = '147.0.0';

/** A real Chromium without a window: `LAB_CHROMIUM`, the one of an npm package (Linux on x64), or one that is installed. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumExecutable(),
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** Why there is no Chromium on this machine, as the end of a sentence; undefined when there is one or it can be fetched. */
export function missingForChromium(): string | undefined {
  if (packageHasThisPlatform || foundBrowser() !== undefined) return undefined;
  return 'there is no Chromium, Chrome or Edge on this machine';
}

const packageHasThisPlatform = process.platform === 'linux' && process.arch === 'x64';

async function chromiumExecutable(): Promise<string> {
  const found = foundBrowser();
  if (found !== undefined) return found;
  if (packageHasThisPlatform) return packagedChromium();
  throw new Error('No Chromium found: name one in LAB_CHROMIUM (path of a Chromium, Chrome or Edge).');
}

/** The one named in LAB_CHROMIUM; besides, one that is installed, where no package carries one that is known to work. */
function foundBrowser(): string | undefined {
  const named = process.env['LAB_CHROMIUM'];
  if (named !== undefined || packageHasThisPlatform) return named;
  return installedBrowsers().find((file) => existsSync(file));
}

// The package unpacks itself into the temporary folder at first use; here that is a folder of the cache.
async function packagedChromium(): Promise<string> {
  const name = `chromium-${sparticuzVersion}`;
  const folder = await cached(name, 'Fetching a Chromium for the tests (npm, 200 MB)', async (empty) => {
    await installPackages(empty, [`@sparticuz/chromium@${sparticuzVersion}`]);
    const unpacked = path.join(empty, 'unpacked');
    await mkdir(unpacked);
    const unpack = "import('@sparticuz/chromium').then((module) => module.default.executablePath())";
    await runToEnd(process.execPath, ['-e', unpack], {
      cwd: empty,
      env: { ...process.env, TMPDIR: unpacked },
    });
  });
  return path.join(folder, 'unpacked', 'chromium');
}

function installedBrowsers(): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge'];
  const onPath = folders.flatMap((folder) =>
    names.flatMap((name) => [path.join(folder, name), path.join(folder, `${name}.exe`)]),
  );
  return [
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ];
}
