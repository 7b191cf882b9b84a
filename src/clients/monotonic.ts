/** The machine's monotonic clock in milliseconds, with fractions: the same for all threads of a process. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
