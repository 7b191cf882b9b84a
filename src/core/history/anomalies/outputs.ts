import type { RecordPosition } from '../events.js';
import type { Evidence } from '../evidence/evidence.js';
import type { LogRecord } from '../evidence/log.js';

/** A visible record that a pipeline derived from an input record. */
export interface Output {
  readonly record: LogRecord;
  readonly source: RecordPosition;
}

/** Outputs as read_committed sees them at the end: how an output is counted. */
export function visibleOutputs({ log }: Evidence): readonly Output[] {
  return log.records.flatMap((record) => {
    const source = record.writer?.source;
    return record.visible && source !== undefined ? [{ record, source }] : [];
  });
}

/** True when the run transforms: outputs with a source were sent, or the run says that it measures them. */
export function isPipeline({ sends, layer }: Evidence): boolean {
  return layer === 'input-to-output' || sends.some(({ source }) => source !== undefined);
}
