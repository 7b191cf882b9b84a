/** What a killed process left behind on a real cluster. */
export interface Leftovers {
  readonly topics: readonly string[];
  readonly groups: readonly string[];
}
