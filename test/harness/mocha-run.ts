import Mocha from 'mocha';
import { writeFileSync } from 'node:fs';

/** What a suite came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface MochaRunOptions {
  readonly files: readonly string[];
  readonly timeoutMs: number;
  /** Only tests whose full title holds this text. */
  readonly grep?: string | undefined;
  /** Turns a test that skips itself into a failure. */
  readonly forbidSkips: boolean;
  /** Counts the tests without running any. */
  readonly dryRun?: boolean;
}

/** Runs test files in this process, with mocha's ordinary report on the console. */
export async function runMocha(options: MochaRunOptions): Promise<Counts> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: options.timeoutMs,
    forbidOnly: true,
    forbidPending: options.forbidSkips,
    dryRun: options.dryRun ?? false,
    // The base class of the reporters prints nothing.
    reporter: options.dryRun === true ? Mocha.reporters.Base : 'spec',
    // Slower than this is worth a look in the report; most tests take a few milliseconds.
    slow: Math.min(1000, options.timeoutMs / 10),
    ...(options.grep === undefined ? {} : { fgrep: options.grep }),
  });
  for (const file of options.files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures, skipped: pending });
    });
  });
}

/** Leaves the counts where the process that started this one reads them. */
export function writeCounts(file: string, counts: Counts): void {
  writeFileSync(file, JSON.stringify(counts));
}
