/** Bytes that are not what the protocol says: truncated, a length beyond the end, null where none may be. */
export class MalformedError extends Error {
  override readonly name: string = 'MalformedError';
}
