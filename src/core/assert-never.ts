/** Ends a switch over a discriminated union: a case that was forgotten is a compile error, and throws at run time. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
