import type { ExchangeEvent } from '../exchange-event.js';
import type { Operations } from './operations.js';

export interface TransactionalProducer {
  readonly transactionalId: string;
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

/**
 * Gives every transaction a name: `billing/2` for the second one of the transactional id `billing`. It begins with the first
 * request that belongs to it and ends with an EndTxn that succeeded; one that the coordinator ended never was.
 */
export class TransactionNames {
  private readonly open = new Map<string, string>();
  private readonly made = new Map<string, number>();

  constructor(private readonly operations: Operations) {}

  nameOf(event: ExchangeEvent, producer: TransactionalProducer): string {
    const key = keyOf(producer);
    const known = this.open.get(key);
    if (known !== undefined) return known;
    const { transactionalId } = producer;
    const number = (this.made.get(transactionalId) ?? 0) + 1;
    const transaction = `${transactionalId}/${number}`;
    this.made.set(transactionalId, number);
    this.open.set(key, transaction);
    this.operations.succeed(this.operations.begin(event, { f: 'begin', transaction }));
    return transaction;
  }

  ended(producer: TransactionalProducer): void {
    this.open.delete(keyOf(producer));
  }
}

function keyOf({ producerId, producerEpoch }: TransactionalProducer): string {
  return `${producerId}/${producerEpoch}`;
}
