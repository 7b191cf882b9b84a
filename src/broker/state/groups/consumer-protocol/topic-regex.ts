import { runInNewContext } from 'node:vm';

/** Kafka's engine (RE2) needs linear time; JavaScript's may need for ever, so it is stopped. */
const mostTimeMs = 100;

/** Undefined when it is one, else what is wrong with it. */
export function regexProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The names that match as a whole. A pattern that takes too long matches nothing. */
export function matchingNames(pattern: string, names: readonly string[]): readonly string[] {
  const regex = new RegExp(`^(?:${pattern})$`);
  const isMatch = (name: string) => regex.test(name);
  try {
    const choose = 'names.filter((name) => isMatch(name))';
    return [...(runInNewContext(choose, { names, isMatch }, { timeout: mostTimeMs }) as readonly string[])];
  } catch (error) {
    if (isTimeout(error)) return [];
    throw error;
  }
}

/** The error comes from the other context: it is no instance of this one's Error. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
