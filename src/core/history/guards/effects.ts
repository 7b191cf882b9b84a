import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/** Where effects are measured, an empty ledger proves nothing: perhaps nobody wrote into it. */
export function effectDoubts({ layer, effects, log }: Evidence): readonly Doubt[] {
  const measured = layer === 'log-to-effect' || layer === 'external-effect';
  const visible = log.records.filter((record) => record.visible).length;
  return measured && effects.length === 0 ? [{ guard: 'no-effects', detail: { visible } }] : [];
}
