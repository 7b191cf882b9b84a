/** The names that occur more than once: Kafka refuses each of them as a whole (42) instead of taking the first. */
export function repeatedNames(named: readonly { readonly name: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}
