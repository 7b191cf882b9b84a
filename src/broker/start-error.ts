/** The broker could not listen; `code` is the system's (`EADDRINUSE`). */
export class BrokerStartError extends Error {
  override readonly name = 'BrokerStartError';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}
