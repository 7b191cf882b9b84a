/** How a table says which versions have a field: from one on, from–to, exactly one, or none. */
export type Versions = `${number}+` | `${number}-${number}` | `${number}` | 'none';

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

const noVersions: VersionRange = { min: 0, max: -1 };

/** Reads `3+`, `0-2`, `1` or `none`, the notation of Kafka's own message definitions. */
export function parseVersions(text: Versions): VersionRange {
  if (text === 'none') return noVersions;
  const match = /^(\d+)(\+|-(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`not a version range: ${text}`);
  const min = Number(match[1]);
  if (match[2] === undefined) return { min, max: min };
  return { min, max: match[2] === '+' ? Infinity : Number(match[3]) };
}

export function includesVersion(range: VersionRange, version: number): boolean {
  return version >= range.min && version <= range.max;
}
