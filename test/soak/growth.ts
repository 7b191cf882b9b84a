/**
 * The median of the second quarter of the measurements, when everything is warm, and that of the last: what a leak adds in
 * half of the time.
 */
export function growth(measured: readonly number[]): { readonly before: number; readonly after: number } {
  const quarter = Math.max(1, Math.floor(measured.length / 4));
  return { before: median(measured.slice(quarter, 2 * quarter)), after: median(measured.slice(-quarter)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
