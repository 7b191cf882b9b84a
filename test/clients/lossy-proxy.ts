import type { Address } from '../harness/kafka-probe.js';
import { startKafkaProxy, type KafkaProxy, type PassingRequest } from '../harness/kafka-proxy.js';

/** API keys whose answers can be lost, by the name that a client id gives. */
const apiKeys: Readonly<Record<string, number>> = { Produce: 0, OffsetCommit: 8, EndTxn: 26 };

/**
 * A client asks for it by its client id: `lose-Produce-1.anything` loses the first answer to a Produce of that client id, after
 * the broker has given it, and then the connection.
 */
export function startLossyProxy(nodes: readonly Address[]): Promise<KafkaProxy> {
  const requestsOf = new Map<string, number>();
  const isLost = ({ apiKey, clientId }: PassingRequest): boolean => {
    const [, api = '', nth] = /^lose-([A-Za-z]+)-(\d+)\./.exec(clientId) ?? [];
    if (apiKeys[api] !== apiKey) return false;
    const count = (requestsOf.get(clientId) ?? 0) + 1;
    requestsOf.set(clientId, count);
    return count === Number(nth);
  };
  return startKafkaProxy(nodes, (request) => (isLost(request) ? 'cut-answer' : 'pass'));
}
