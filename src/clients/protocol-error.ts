import { errorName } from '../broker/protocol/errors.js';

/** A broker answered one of the runner's own requests with an error code. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly type: string;

  constructor(
    readonly code: number,
    readonly api: string,
    detail?: string | null,
  ) {
    super(`${api}: ${errorName(code)} (${code})${detail ? `: ${detail}` : ''}`);
    this.type = errorName(code);
  }
}

/** @throws ProtocolError unless the code is 0 or one of `accepted`. */
export function expectCode(code: number, api: string, accepted: readonly number[] = []): void {
  if (code !== 0 && !accepted.includes(code)) throw new ProtocolError(code, api);
}
