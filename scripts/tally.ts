import type { Counts } from '../test/harness/mocha-run.js';

interface Part extends Counts {
  readonly name: string;
  readonly seconds: number;
}

/** Sums up what the parts of a run came to. */
export class Tally {
  readonly #parts: Part[] = [];

  /** Runs a part under its heading. An exception is a failure of the part, and the run goes on with the next one. */
  async measure(name: string, run: () => Promise<Counts>): Promise<void> {
    console.log(`\n━━ ${name}`);
    const start = performance.now();
    const counts = await run().catch((error: unknown) => {
      console.log(error instanceof Error ? `  ${error.stack ?? error.message}` : `  ${String(error)}`);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    this.#parts.push({ name, ...counts, seconds: (performance.now() - start) / 1000 });
  }

  /** Prints a line for each part and the sum alone on the last line; sets the exit code. */
  report(): void {
    console.log('\n━━ Summary');
    for (const { name, seconds, ...counts } of this.#parts) {
      console.log(`${name}: ${inWords(counts)} (${seconds.toFixed(1)} s)`);
    }
    const sum = (key: keyof Counts): number => this.#parts.reduce((total, part) => total + part[key], 0);
    const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
    console.log(inWords(total));
    if (total.failed > 0 || total.passed + total.skipped === 0) process.exitCode = 1;
  }
}

function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
