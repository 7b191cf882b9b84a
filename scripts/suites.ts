// The test suites: which files belong to each, what it needs besides Node, and how it is run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { missingForChromium } from '../test/harness/chromium.js';
import { availableVsCodes } from '../test/harness/inside-vscode.js';
import { missingForKafka } from '../test/harness/kafka-jars.js';
import { missingForSecurity } from '../test/harness/kafka-security.js';
import { runMocha, type Counts } from '../test/harness/mocha-run.js';
import type { SuiteOrder } from '../test/harness/suite-process.js';
import { removeFolder, temporaryFolder } from '../test/harness/temporary-folder.js';

export interface Suite {
  readonly name: 'unit' | 'host' | 'webview' | 'kafka' | 'clients' | 'snippets';
  readonly heading: string;
  /** Why it cannot run here and what would run it, each a part of a sentence; undefined when it can. */
  readonly missing: () => Promise<{ readonly reason: string; readonly remedy: string } | undefined>;
  readonly run: (options: SuiteOptions) => Promise<Counts>;
  /** How many tests are left out when it is skipped. */
  readonly size: () => Promise<number>;
}

export interface SuiteOptions {
  readonly grep: string | undefined;
  readonly forbidSkips: boolean;
}

/** In the order in which they run: what fails quickest comes first. */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    heading: 'Tests that need only Node',
    missing: () => Promise.resolve(undefined),
    run: (options) => inNode(unitFiles(), 10_000, options),
    size: () => countTests(unitFiles()),
  },
  {
    name: 'host',
    heading: 'Tests inside a real VS Code',
    missing: missingBrowser,
    run: runInsideVsCodes,
    size: () => Promise.resolve(testFiles('host').length),
  },
  {
    name: 'webview',
    heading: 'Tests in a real Chromium',
    missing: missingBrowser,
    run: (options) => inNode(testFiles('webview'), 120_000, options),
    size: () => countTests(testFiles('webview')),
  },
  {
    name: 'kafka',
    heading: 'Tests against a real Apache Kafka',
    missing: missingKafka,
    run: (options) => inNode(kafkaFiles(), 180_000, options),
    size: () => countTests(kafkaFiles()),
  },
  {
    name: 'clients',
    heading: 'Mainstream clients against both brokers',
    missing: missingKafka,
    // The first test of a client waits for its program: fetched, built, and run to its end.
    run: (options) => inNode(testFiles('clients'), 600_000, options),
    size: () => countTests(testFiles('clients')),
  },
  {
    name: 'snippets',
    heading: 'Every snippet, run and struck on both brokers',
    missing: missingKafka,
    // The first test of a language waits for all its programs to be checked and built.
    run: (options) => inNode(testFiles('snippets'), 600_000, options),
    size: () => countTests(testFiles('snippets')),
  },
];

const apart = ['host', 'webview', 'kafka', 'clients', 'snippets'];
const differential = path.join('test', 'differential', 'differential.test.ts');

function unitFiles(): string[] {
  const isApart = (file: string) => apart.includes(file.split(path.sep)[1] ?? '') || file === differential;
  return testFiles('').filter((file) => !isApart(file));
}

function kafkaFiles(): string[] {
  return [...testFiles('kafka'), differential];
}

function testFiles(folder: string): string[] {
  const below = path.join('test', folder);
  if (!existsSync(below)) return [];
  const names = readdirSync(below, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(below, name))
    .sort();
}

async function missingBrowser(): ReturnType<Suite['missing']> {
  const reason = await Promise.resolve(missingForChromium());
  return reason === undefined
    ? undefined
    : { reason, remedy: 'a Chromium, Chrome or Edge, named in LAB_CHROMIUM' };
}

async function missingKafka(): ReturnType<Suite['missing']> {
  const reason = (await missingForKafka()) ?? (await missingForSecurity());
  return reason === undefined
    ? undefined
    : { reason, remedy: 'Java 17 or later, Maven and openssl on the PATH' };
}

async function countTests(files: readonly string[]): Promise<number> {
  const counts = await runMocha({ files, timeoutMs: 0, forbidSkips: false, dryRun: true });
  return counts.passed + counts.failed + counts.skipped;
}

async function inNode(files: readonly string[], timeoutMs: number, options: SuiteOptions): Promise<Counts> {
  return withCountsFile(async (countsFile) => {
    const order: SuiteOrder = { ...options, files, timeoutMs, countsFile };
    const entry = path.join('test', 'harness', 'suite-process.ts');
    const child = spawn(process.execPath, ['--import=tsx', entry, JSON.stringify(order)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await once(child, 'exit');
  });
}

async function runInsideVsCodes(options: SuiteOptions): Promise<Counts> {
  const tests = await bundleHostTests();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const vscode of await availableVsCodes(path.resolve('.'))) {
    console.log(`  In ${vscode.name}:`);
    const counts = await withCountsFile(async (countsFile) => {
      const reportFile = `${countsFile}.report`;
      const run = vscode.run({
        extension: path.resolve('.'),
        tests,
        workspace: path.resolve('sample'),
        environment: hostEnvironment(options, countsFile, reportFile),
        timeoutMs: 300_000,
      });
      const failure = await run.then(() => undefined, String);
      if (existsSync(reportFile)) process.stdout.write(readFileSync(reportFile, 'utf8'));
      // With counts, the report says what failed; without, this is all there is to say.
      if (failure !== undefined && !existsSync(countsFile)) console.log(`  ${failure}`);
    });
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

function hostEnvironment(
  options: SuiteOptions,
  countsFile: string,
  reportFile: string,
): Readonly<Record<string, string>> {
  return {
    LAB_COUNTS_FILE: countsFile,
    LAB_REPORT_FILE: reportFile,
    LAB_REQUIRE_ALL: options.forbidSkips ? '1' : '0',
    ...(options.grep === undefined ? {} : { LAB_GREP: options.grep }),
  };
}

/** An extension host takes no TypeScript: each test file becomes a bundle in out/. @returns the module that runs them */
async function bundleHostTests(): Promise<string> {
  const outdir = path.resolve('out', 'test', 'host');
  await build({
    entryPoints: [path.join('test', 'host', 'index.ts'), ...testFiles('host')],
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.js');
}

/** Runs a suite elsewhere and reads what it wrote. A suite that has ended without writing its counts has crashed: one failure. */
async function withCountsFile(run: (countsFile: string) => Promise<void>): Promise<Counts> {
  const folder = await temporaryFolder('lab-suite');
  const countsFile = path.join(folder, 'counts.json');
  try {
    await run(countsFile);
    if (existsSync(countsFile)) return JSON.parse(readFileSync(countsFile, 'utf8')) as Counts;
    console.log('  The suite ended without a result: 1 failure.');
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await removeFolder(folder);
  }
}
