import { isLabError } from '../core/lab-error.js';

/** Why something could not be read, as a part of a sentence: Kafka's or the system's own name for it. */
export function reasonOf(error: unknown): string {
  if (isLabError(error)) return `${error.code} (${Object.values(error.args).join(', ')})`;
  return error instanceof Error ? error.message : String(error);
}
