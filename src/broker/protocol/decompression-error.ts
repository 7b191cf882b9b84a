import { MalformedError } from './malformed-error.js';

/** The compressed records of a batch cannot be unfolded, or would unfold to more than is allowed. */
export class DecompressionError extends MalformedError {
  override readonly name = 'DecompressionError';
}
