import type { BatchState, LogBatch } from '../core/log/log.js';
import type { Bundle } from '../core/text/translate.js';

/** Host → page of a partition's log. Offsets travel as text: a message holds no BigInt. */
export type ToLogPage =
  | { readonly type: 'strings'; readonly language: string; readonly bundle: Bundle }
  | { readonly type: 'log'; readonly page: LogPage };

/** Page → host. */
export type FromLogPage =
  | { readonly type: 'ready' }
  | { readonly type: 'read'; readonly from: AskedPosition }
  | { readonly type: 'show-groups'; readonly groups: readonly string[] };

/** Where to begin, as a user says it; text that is no offset and no time is answered with a sentence. */
export type AskedPosition =
  | { readonly kind: 'tail' }
  | { readonly kind: 'offset'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string };

/** Everything that the page shows; the host sends it whole at every change. */
export interface LogPage {
  readonly place: LogPlace;
  /** What was asked for last. */
  readonly from: AskedPosition;
  readonly isReading: boolean;
  /** Why it could not be read, in one sentence; what was read before stays on the page. */
  readonly problem?: string;
  readonly log?: ShownLog;
  /** Groups that have committed an offset of this partition. */
  readonly groups: readonly GroupPointer[];
  /** Names of those that are shown between the records. */
  readonly shownGroups: readonly string[];
}

/** Which partition; the editor keeps it over a reload. */
export interface LogPlace {
  readonly clusterId: string;
  readonly cluster: string;
  readonly topic: string;
  readonly partition: number;
}

export interface GroupPointer {
  readonly group: string;
  /** The offset that it reads next. */
  readonly offset: string;
}

export interface ShownLog {
  readonly start: string;
  readonly lastStable: string;
  readonly end: string;
  readonly next: string;
  readonly batches: readonly ShownBatch[];
}

export interface ShownBatch extends Pick<
  LogBatch,
  'producerEpoch' | 'baseSequence' | 'isTransactional' | 'compression' | 'leaderEpoch' | 'sizeBytes'
> {
  readonly first: string;
  readonly last: string;
  /** Absent: not idempotent. */
  readonly producerId?: string;
  readonly state: BatchState;
  readonly marker?: 'commit' | 'abort';
  readonly problem?: string;
  readonly records: readonly ShownRecord[];
  /** How many records of it are not among these. */
  readonly more: number;
}

export interface ShownRecord {
  readonly offset: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly key: ShownBytes | null;
  readonly value: ShownBytes | null;
  readonly headers: readonly { readonly name: string; readonly value: ShownBytes | null }[];
}

export interface ShownBytes {
  /** Absent where the bytes are no UTF-8 text. */
  readonly text?: string;
  /** In pairs of digits. */
  readonly hex: string;
  /** How many bytes were cut off at the end. */
  readonly cut: number;
}

/** What the page hands to the editor to keep. */
export interface KeptLogPage {
  readonly place: LogPlace;
  readonly from: AskedPosition;
  readonly shownGroups: readonly string[];
}

/** Checks what the editor kept: it may stem from another version of the extension. */
export function isKeptLogPage(value: unknown): value is KeptLogPage {
  if (typeof value !== 'object' || value === null) return false;
  const { place, from, shownGroups } = value as Partial<Record<keyof KeptLogPage, unknown>>;
  return isPlace(place) && typeof from === 'object' && from !== null && Array.isArray(shownGroups);
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { clusterId, topic, partition } = value as Partial<Record<keyof LogPlace, unknown>>;
  return typeof clusterId === 'string' && typeof topic === 'string' && typeof partition === 'number';
}
