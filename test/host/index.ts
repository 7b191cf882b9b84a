// What VS Code calls in its extension host (extensionTestsPath): mocha over the files beside this one.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { runMocha, writeCounts } from '../harness/mocha-run.js';

/** Resolves when every test has passed, and rejects otherwise: VS Code turns that into its exit code. */
export async function run(): Promise<void> {
  const reportFile = fromEnvironment('LAB_REPORT_FILE');
  process.setSourceMapsEnabled(true);
  // An extension host's console reaches its log and not the terminal; the report goes through a file.
  Mocha.reporters.Base.useColors = false;
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    appendFileSync(reportFile, `${format(...parts)}\n`);
  };
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  const counts = await runMocha({
    files: files.sort().map((name) => path.join(__dirname, name)),
    timeoutMs: 60_000,
    grep: process.env['LAB_GREP'],
    forbidSkips: process.env['LAB_REQUIRE_ALL'] === '1',
  });
  writeCounts(fromEnvironment('LAB_COUNTS_FILE'), counts);
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed in VS Code`);
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: these tests are started by npm test`);
  return value;
}
