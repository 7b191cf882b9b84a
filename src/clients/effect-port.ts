import type { EffectRequest, FromActor } from './actor-protocol.js';

/** The actor's way to the outside world: asks the runner's ledger for an effect and waits until it has happened. */
export class EffectPort {
  private requests = 0;
  private readonly waiting = new Map<number, (skipped: boolean) => void>();

  constructor(private readonly post: (message: FromActor) => void) {}

  /** Resolves to true when the ledger already held it and did nothing. */
  perform(effect: EffectRequest): Promise<boolean> {
    const request = this.requests++;
    const done = new Promise<boolean>((resolve) => this.waiting.set(request, resolve));
    this.post({ kind: 'effect', request, ...effect });
    return done;
  }

  answered(request: number, skipped: boolean): void {
    this.waiting.get(request)?.(skipped);
    this.waiting.delete(request);
  }
}
