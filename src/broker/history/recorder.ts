import type { Observation } from '../../core/history/events.js';
import type { Broker } from '../broker.js';
import type { ExchangeEvent } from '../exchange-event.js';
import type { FaultRuleEvent } from '../fault-rule.js';
import type { Topic } from '../state/topic.js';
import { drainPartition } from './log-drain.js';
import { Operations } from './operations.js';
import { Requests } from './requests.js';

export interface Recording {
  /** The last word: requests that still wait, then both readings of every partition. Nothing is told after it. */
  finish(): void;
  /** No more is told. */
  stop(): void;
}

/**
 * Tells what the broker sees as a history (docs/history.md), for clients that record none of their own: each request that
 * matters as an operation of its connection, the broker's own ground truth, rebalances, faults, and the final drain.
 */
export function recordHistory(broker: Broker, tell: (observation: Observation) => void): Recording {
  const { cluster, groups } = broker.services;
  const operations = new Operations(tell);
  const requests = new Requests(operations, tell, (id) => cluster.topicById(id)?.name);
  const drain = ({ partitions }: Topic): void => {
    for (const partition of partitions) drainPartition(partition, groups).forEach(tell);
  };
  tell({ type: 'run', broker: 'embedded', observer: 'broker', topics: [] });
  const stops = [
    broker.onEvent(tell),
    broker.onRule((event) => faultsIn(event).forEach(tell)),
    broker.onExchange((event: ExchangeEvent) => requests.take(event)),
    // What a topic held when it was deleted is all that can ever be read of it.
    cluster.onTopicDeleted(drain),
  ];
  const stop = (): void => {
    for (const one of stops) one();
  };
  return {
    stop,
    finish: () => {
      stop();
      operations.leaveAllOpen();
      cluster.topics.forEach(drain);
    },
  };
}

/** A rule that struck where there was nothing to act on has done nothing. */
function faultsIn({ rule, event, action, api, site, acted }: FaultRuleEvent): readonly Observation[] {
  if (acted === false) return [];
  const place = [site?.topic, site?.partition, site?.group, site?.transactionalId];
  const message = place.filter((part) => part !== undefined).join('/');
  const struck = { ...(api !== undefined && { api }), ...(message !== '' && { message }) };
  return [{ type: 'fault', event, point: rule, process: 'broker', action, ...struck }];
}
