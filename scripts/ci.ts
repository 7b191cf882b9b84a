// All that must hold before a change is taken: the checks, the package, and every suite without one test left out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Counts } from '../test/harness/mocha-run.js';
import { runSuite } from './run-suite.js';
import { suites } from './suites.js';
import { Tally } from './tally.js';

const checks = [
  ['Formatting', 'format:check'],
  ['Types', 'typecheck'],
  ['Lint', 'lint'],
] as const;

async function main(): Promise<void> {
  process.env['LAB_REQUIRE_ALL'] = '1';
  process.env['LAB_REPETITIONS'] ??= '20';
  const tally = new Tally();
  for (const [name, script] of checks) await tally.measure(name, () => npmRun(script));
  for (const suite of suites) await tally.measure(suite.heading, () => runSuite(suite));
  await tally.measure('Package', () => npmRun('package'));
  await tally.measure('Figures', () => npmRun('bench', '--', '--short'));
  tally.report();
}

async function npmRun(...args: readonly string[]): Promise<Counts> {
  const child = spawn('npm', ['run', '-s', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

void main();
