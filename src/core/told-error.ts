/** Something the user can mend, its message one sentence in their language; it is shown as it is, without a stack. */
export class ToldError extends Error {
  override readonly name: string = 'ToldError';
}

/** Recognises a `ToldError` across bundles, each of which has a class of its own. */
export function isToldError(error: unknown): error is ToldError {
  return error instanceof Error && error.name === 'ToldError';
}
