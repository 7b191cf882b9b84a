import { errorName } from '../../src/broker/protocol/errors.js';

/** An answer in symbols, to be compared as text: what differs from broker to broker by nature is left out or replaced. */
export type Answer =
  string | number | boolean | null | readonly Answer[] | { readonly [name: string]: Answer | undefined };

/** Kafka is not ready yet, or still busy with the transaction before: its clients ask again, and so do we. */
const unsettled: ReadonlySet<number> = new Set([14, 15, 16, 51]);

/** Asks until `codeOf` the answer is a lasting one; after 2 s takes what there is. */
export async function settled<Response>(
  ask: () => Promise<Response>,
  codeOf: (response: Response) => number | undefined,
  alsoUnsettled: readonly number[] = [],
): Promise<Response> {
  for (const deadline = Date.now() + 5000; ;) {
    const response = await ask();
    const code = codeOf(response) ?? 0;
    if (!(unsettled.has(code) || alsoUnsettled.includes(code)) || Date.now() > deadline) return response;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

/**
 * 120 is for newer versions what 48 is for older ones (KIP-890), but a broker that verifies several writes at once goes by the
 * version of the first of them (AddPartitionsToTxnManager): with other sequences under way, either is right.
 */
export function unverifiedError(code: number | undefined): string {
  return error(code === 120 ? 48 : code);
}

export function error(code: number | undefined): string {
  return code === undefined ? 'nothing' : code === 0 ? 'ok' : `${code} ${errorName(code)}`;
}

/** An answer that names members is put into words late: another answer, under way at the same time, tells who they are. */
export type Told = Answer | (() => Answer);

export function textOf(told: Told): string {
  const answer = typeof told === 'function' ? told() : told;
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}
