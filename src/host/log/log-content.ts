import type { LogBatch, LogReading, LogRecord } from '../../core/log/log.js';
import type { ShownBatch, ShownBytes, ShownLog, ShownRecord } from '../../shared/log-page.js';

/** More rows than this are no page any more. */
const mostRecords = 1000;
/** More of a key or a value is no table cell any more. */
const mostBytes = 2048;

/** What was read of a log, as the page shows it: cut to what a page holds, with where to go on. */
export function shownLog({ bounds, batches, next }: LogReading): ShownLog {
  const shown: ShownBatch[] = [];
  let left = mostRecords;
  let cutAt: bigint | undefined;
  for (const batch of batches) {
    if (left <= 0) {
      cutAt = batch.baseOffset;
      break;
    }
    shown.push(shownBatch(batch, left));
    left -= Math.max(batch.records.length, 1);
  }
  return {
    start: String(bounds.start),
    lastStable: String(bounds.lastStable),
    end: String(bounds.end),
    next: String(cutAt ?? next),
    batches: shown,
  };
}

function shownBatch(batch: LogBatch, most: number): ShownBatch {
  const { producerEpoch, baseSequence, isTransactional, compression, leaderEpoch, sizeBytes, state } = batch;
  return {
    ...{ producerEpoch, baseSequence, isTransactional, compression, leaderEpoch, sizeBytes, state },
    first: String(batch.baseOffset),
    last: String(batch.lastOffset),
    ...(batch.producerId >= 0n && { producerId: String(batch.producerId) }),
    ...(batch.marker !== undefined && { marker: batch.marker }),
    ...(batch.problem !== undefined && { problem: batch.problem }),
    records: batch.records.slice(0, most).map(shownRecord),
    more: Math.max(0, batch.records.length - most),
  };
}

function shownRecord({ offset, timestamp, key, value, headers }: LogRecord): ShownRecord {
  return {
    offset: String(offset),
    timeMs: Number(timestamp),
    key: shownBytes(key),
    value: shownBytes(value),
    headers: headers.map((header) => ({ name: header.name, value: shownBytes(header.value) })),
  };
}

export function shownBytes(bytes: Uint8Array | null): ShownBytes | null {
  if (bytes === null) return null;
  const shown = bytes.subarray(0, mostBytes);
  const text = textOf(shown, bytes.length > mostBytes);
  const hex = Buffer.from(shown.buffer, shown.byteOffset, shown.length).toString('hex');
  return { hex, cut: bytes.length - shown.length, ...(text !== undefined && { text }) };
}

/** `undefined` where it is no UTF-8 (RFC 3629), or has characters that are none to be read; a character may be cut in two. */
function textOf(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
