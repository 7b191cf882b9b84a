import type { OperationResult, PolledRecord } from './events.js';

/** What a poll handed over: one record, or of a tool whose poll hands over several at once, all of them. */
export function polledRecords(result: OperationResult | undefined): readonly PolledRecord[] {
  if (result === undefined) {
    return [];
  }
  if ('record' in result) {
    return [result.record];
  }
  return 'records' in result ? result.records : [];
}
