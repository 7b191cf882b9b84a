import type { Counts } from '../test/harness/mocha-run.js';
import type { Suite } from './suites.js';

/** Runs a suite, or says why it cannot run here. With `LAB_REQUIRE_ALL=1` a suite or a test left out is a failure. */
export async function runSuite(suite: Suite, grep?: string): Promise<Counts> {
  const forbidSkips = process.env['LAB_REQUIRE_ALL'] === '1';
  const missing = await suite.missing();
  if (missing === undefined) return notEmpty(await suite.run({ grep, forbidSkips }), grep);
  const tests = await suite.size();
  console.log(`  SKIPPED ${tests} tests: ${missing.reason}. They run with ${missing.remedy}.`);
  return forbidSkips ? { passed: 0, failed: tests, skipped: 0 } : { passed: 0, failed: 0, skipped: tests };
}

// A suite that has lost its files would pass for ever.
function notEmpty(counts: Counts, grep: string | undefined): Counts {
  if (grep !== undefined || counts.passed + counts.failed + counts.skipped > 0) return counts;
  console.log('  The suite has no test: 1 failure.');
  return { ...counts, failed: 1 };
}
