import { AbortedFilter } from '../broker/protocol/aborted-filter.js';
import { readTransactionMarker } from '../broker/protocol/control-batch.js';
import {
  hasValidChecksum,
  lastOffset,
  readRecordBatches,
  type RecordBatch,
} from '../broker/protocol/record-batch.js';
import { decodeRecords } from '../broker/protocol/record.js';
import { statesBeyondStable } from '../core/log/beyond-stable.js';
import type { BatchState, LogBatch, LogRecord } from '../core/log/log.js';
import { reasonOf } from './reason.js';

/** By producer id the first offset of its transaction that has not ended. */
export type OpenTransactions = ReadonlyMap<bigint, bigint>;

type Aborted = ConstructorParameters<typeof AbortedFilter>[0];

/** What several Fetch requests, one after the other, have brought of a log. */
export class LogStretch {
  private readonly stable: { readonly batch: RecordBatch; readonly state: BatchState }[] = [];
  private readonly unstable: RecordBatch[] = [];
  private bytes = 0;

  constructor(
    private position: bigint,
    private readonly lastStable: bigint,
  ) {}

  /** Where the next request begins. */
  get next(): bigint {
    return this.position;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  /** Whether it takes knowing who has a transaction open to tell the states. */
  get needsProducers(): boolean {
    return this.unstable.some(({ isTransactional, isControl }) => isTransactional && !isControl);
  }

  /** @returns whether there was anything; @throws MalformedError for batches older than Kafka 0.11's */
  add(records: Buffer, aborted: Aborted): boolean {
    const filter = new AbortedFilter(aborted);
    const before = this.position;
    for (const batch of readRecordBatches(records)) {
      this.bytes += batch.bytes.length;
      this.position = lastOffset(batch) + 1n;
      if (batch.baseOffset >= this.lastStable) this.unstable.push(batch);
      else this.stable.push({ batch, state: stableState(batch, filter) });
    }
    return this.position > before;
  }

  batches(open: OpenTransactions): readonly LogBatch[] {
    const states = statesBeyondStable(
      this.unstable.map((batch) => ({ ...batch, ...markerOf(batch) })),
      open,
    );
    return [
      ...this.stable.map(({ batch, state }) => logBatch(batch, state)),
      ...this.unstable.map((batch, index) => logBatch(batch, states[index] ?? 'undecided')),
    ];
  }
}

function stableState(batch: RecordBatch, filter: AbortedFilter): BatchState {
  const isAborted = filter.hides(batch);
  if (batch.isControl) return 'marker';
  return isAborted ? 'aborted' : 'committed';
}

/** A control batch that cannot be read, or of another kind, ends nothing that we know of. */
function markerOf(batch: RecordBatch): { readonly marker?: 'commit' | 'abort' } {
  try {
    const marker = readTransactionMarker(batch);
    return marker === undefined ? {} : { marker: marker.type };
  } catch {
    return {};
  }
}

function logBatch(batch: RecordBatch, state: BatchState): LogBatch {
  const { baseOffset, producerId, producerEpoch, baseSequence, isTransactional, compression } = batch;
  return {
    ...{ baseOffset, producerId, producerEpoch, baseSequence, isTransactional, state },
    lastOffset: lastOffset(batch),
    compression: compression ?? 'none',
    leaderEpoch: batch.partitionLeaderEpoch,
    sizeBytes: batch.bytes.length,
    ...markerOf(batch),
    ...recordsOf(batch),
  };
}

/** One batch that cannot be read hides nothing of the others. */
function recordsOf(batch: RecordBatch): {
  readonly records: readonly LogRecord[];
  readonly problem?: string;
} {
  if (!hasValidChecksum(batch)) return { records: [], problem: 'CORRUPT_MESSAGE (CRC-32C)' };
  if (batch.isControl) return { records: [] };
  try {
    const decoded = decodeRecords(batch);
    if (decoded.kind === 'notDecoded') return { records: [], problem: 'UNSUPPORTED_COMPRESSION_TYPE' };
    return { records: decoded.records.map(logRecord) };
  } catch (error) {
    return { records: [], problem: reasonOf(error) };
  }
}

type Decoded = Extract<ReturnType<typeof decodeRecords>, { readonly kind: 'records' }>['records'][number];

function logRecord({ offset, timestamp, key, value, headers }: Decoded): LogRecord {
  return {
    offset,
    timestamp,
    key,
    value,
    headers: headers.map((one) => ({ name: one.key, value: one.value })),
  };
}
