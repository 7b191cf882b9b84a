import type { EffectRequest } from '../clients/actor-protocol.js';

/** The outside world of one run: what processing has done there stays done, whoever crashes. */
export class EffectLedger {
  private readonly held = new Set<string>();

  /** Enters the effect; true when `ifNew` was asked and (group, topic, partition, offset) is there already: nothing is done. */
  perform({ group, topic, partition, offset, ifNew }: EffectRequest): boolean {
    const key = `${group} ${topic} ${partition} ${offset}`;
    if (ifNew && this.held.has(key)) return true;
    this.held.add(key);
    return false;
  }
}
