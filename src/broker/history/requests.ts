import type { Observation } from '../../core/history/events.js';
import type { ExchangeEvent } from '../exchange-event.js';
import type {
  InitProducerIdRequest,
  InitProducerIdResponse,
} from '../protocol/messages/22-init-producer-id.js';
import type { AddPartitionsToTxnRequest } from '../protocol/messages/24-add-partitions-to-txn.js';
import type { AddOffsetsToTxnRequest } from '../protocol/messages/25-add-offsets-to-txn.js';
import type { EndTxnRequest, EndTxnResponse } from '../protocol/messages/26-end-txn.js';
import type { TxnOffsetCommitRequest } from '../protocol/messages/28-txn-offset-commit.js';
import type { Encodable } from '../protocol/schema.js';
import { heartbeatAssignment, syncedAssignment } from './assignments.js';
import { beginCommits } from './commits.js';
import type { Operations } from './operations.js';
import { beginSends } from './sends.js';
import { TransactionNames } from './transactions.js';

/** Ends what a request began; without a response, none was sent. */
type End = (response?: unknown) => void;

/** Requests, from their arrival to their answer. What says nothing of delivery is passed over. */
export class Requests {
  private readonly names: TransactionNames;
  private readonly underWay = new Map<string, End>();

  constructor(
    private readonly operations: Operations,
    private readonly tell: (observation: Observation) => void,
    private readonly topicName: (id: string) => string | undefined,
  ) {
    this.names = new TransactionNames(operations);
  }

  take(event: ExchangeEvent): void {
    const key = `${event.connectionId}/${event.correlationId}`;
    if (event.phase === 'received') {
      const end = this.begin(event);
      if (end) this.underWay.set(key, end);
      return;
    }
    const end = this.underWay.get(key);
    this.underWay.delete(key);
    end?.(event.phase === 'answered' ? event.response : undefined);
  }

  private begin(event: ExchangeEvent): End | undefined {
    switch (event.api) {
      case 'Produce':
        return beginSends(event, this.operations, this.names);
      case 'OffsetCommit':
        return beginCommits(event, this.operations);
      case 'TxnOffsetCommit':
        return beginCommits(
          event,
          this.operations,
          this.names.nameOf(event, event.request as TxnOffsetCommitRequest),
        );
      case 'InitProducerId':
        return this.beginInit(event);
      case 'AddPartitionsToTxn':
        this.beginTransaction(event);
        return undefined;
      case 'AddOffsetsToTxn':
        this.names.nameOf(event, event.request as AddOffsetsToTxnRequest);
        return undefined;
      case 'EndTxn':
        return this.beginEnd(event);
      case 'SyncGroup':
        return (response) => this.tellIfAny(syncedAssignment(event, response));
      case 'ConsumerGroupHeartbeat':
        return (response) => this.tellIfAny(heartbeatAssignment(event, response, this.topicName));
      default:
        return undefined;
    }
  }

  /** An id for idempotence alone begins nothing that could be fenced. */
  private beginInit(event: ExchangeEvent): End | undefined {
    const { transactionalId } = event.request as InitProducerIdRequest;
    if (transactionalId === null) return undefined;
    const begun = this.operations.begin(event, { f: 'init', transactionalId });
    return (response) => {
      if (response === undefined) {
        this.operations.leaveOpen(begun);
        return;
      }
      const {
        errorCode = 0,
        producerId = -1n,
        producerEpoch = 0,
      } = response as Encodable<InitProducerIdResponse>;
      const result = { producerId: Number(producerId), epoch: producerEpoch };
      this.operations.answer(begun, errorCode, result);
    };
  }

  /** From version 4 on only brokers send it, for several producers at once. */
  private beginTransaction(event: ExchangeEvent): void {
    const request = event.request as AddPartitionsToTxnRequest;
    if (event.version > 3) return;
    this.names.nameOf(event, {
      transactionalId: request.v3AndBelowTransactionalId,
      producerId: request.v3AndBelowProducerId,
      producerEpoch: request.v3AndBelowProducerEpoch,
    });
  }

  private beginEnd(event: ExchangeEvent): End {
    const request = event.request as EndTxnRequest;
    const transaction = this.names.nameOf(event, request);
    const f = request.committed ? 'commit' : 'abort';
    const begun = this.operations.begin(event, { f, transaction });
    return (response) => {
      if (response === undefined) {
        this.operations.leaveOpen(begun);
        return;
      }
      const { errorCode = 0 } = response as Encodable<EndTxnResponse>;
      this.operations.answer(begun, errorCode);
      if (errorCode === 0) this.names.ended(request);
    };
  }

  private tellIfAny(observation: Observation | undefined): void {
    if (observation) this.tell(observation);
  }
}
