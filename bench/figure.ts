/** One measured thing, beside what is to be reached. */
export interface Figure {
  /** Stable, for whoever compares two runs. */
  readonly id: string;
  readonly what: string;
  /** Absent when it could not be measured here; `note` says why. */
  readonly measured?: number;
  readonly unit: 'ms' | 's' | 'MB' | 'kB' | '×' | 'records/s' | 'requests';
  readonly target?: { readonly bound: 'at most' | 'at least'; readonly value: number };
  readonly note?: string;
}

/** Undefined when there is nothing to hold the figure against. */
export function isReached({ measured, target }: Figure): boolean | undefined {
  if (measured === undefined || target === undefined) return undefined;
  return target.bound === 'at most' ? measured <= target.value : measured >= target.value;
}

/** The middle one: a single slow round of a busy machine does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('The median of nothing is asked for.');
  return middle;
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    sign(figure),
    figure.what,
    figure.measured === undefined ? '–' : inUnit(figure.measured, figure.unit),
    figure.target === undefined ? '' : `${figure.target.bound} ${inUnit(figure.target.value, figure.unit)}`,
    figure.note ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function aligned(cell: string, column: number, width: number): string {
  return column === 2 ? cell.padStart(width) : cell.padEnd(width);
}

function sign(figure: Figure): string {
  const reached = isReached(figure);
  return reached === undefined ? ' ' : reached ? '✓' : '✗';
}

function inUnit(value: number, unit: Figure['unit']): string {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}
