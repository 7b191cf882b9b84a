import { decodeRequest, decodeResponse, type AnyApi, type ApiDefinition } from '../broker/protocol/api.js';
import { produce } from '../broker/protocol/messages/00-produce.js';
import { fetch } from '../broker/protocol/messages/01-fetch.js';
import { listOffsets } from '../broker/protocol/messages/02-list-offsets.js';
import { metadata } from '../broker/protocol/messages/03-metadata.js';
import { offsetCommit } from '../broker/protocol/messages/08-offset-commit.js';
import { offsetFetch } from '../broker/protocol/messages/09-offset-fetch.js';
import { findCoordinator } from '../broker/protocol/messages/10-find-coordinator.js';
import { joinGroup } from '../broker/protocol/messages/11-join-group.js';
import { heartbeat } from '../broker/protocol/messages/12-heartbeat.js';
import { leaveGroup } from '../broker/protocol/messages/13-leave-group.js';
import { syncGroup } from '../broker/protocol/messages/14-sync-group.js';
import { saslHandshake } from '../broker/protocol/messages/17-sasl-handshake.js';
import { apiVersions } from '../broker/protocol/messages/18-api-versions.js';
import { initProducerId } from '../broker/protocol/messages/22-init-producer-id.js';
import { addPartitionsToTxn } from '../broker/protocol/messages/24-add-partitions-to-txn.js';
import { addOffsetsToTxn } from '../broker/protocol/messages/25-add-offsets-to-txn.js';
import { endTxn } from '../broker/protocol/messages/26-end-txn.js';
import { txnOffsetCommit } from '../broker/protocol/messages/28-txn-offset-commit.js';
import { saslAuthenticate } from '../broker/protocol/messages/36-sasl-authenticate.js';
import type { WireDetail } from '../core/history/events.js';
import { batchDetail, fetchedValues } from './wire-records.js';

/** One API as the tap shows it: what of a request's and of a response's body matters to a learner. */
export interface ExplainedApi {
  readonly api: AnyApi;
  request(version: number, body: Buffer): WireDetail;
  response(version: number, body: Buffer): WireDetail;
}

/** By API key. The bodies of SASL requests hold passwords and are never decoded. */
export const explainedApis: ReadonlyMap<number, ExplainedApi> = new Map(
  [
    explain(produce, produceRequest, (response) => {
      const result = response.responses[0]?.partitionResponses[0];
      return result
        ? {
            topic: response.responses[0]?.name ?? '',
            partition: result.index,
            baseOffset: Number(result.baseOffset),
            errorCode: result.errorCode,
          }
        : {};
    }),
    explain(fetch, fetchRequest, (response) => ({
      ...fetchedValues(response),
      errorCode: firstError(
        response.errorCode,
        ...response.responses.flatMap(({ partitions }) => partitions),
      ),
    })),
    explain(offsetCommit, offsetCommitRequest, ({ topics }) => committedError(topics)),
    explain(txnOffsetCommit, txnOffsetCommitRequest, ({ topics }) => committedError(topics)),
    explain(
      offsetFetch,
      ({ groupId }) => ({ group: groupId }),
      ({ topics, errorCode }) => {
        const partition = topics[0]?.partitions[0];
        return {
          errorCode,
          ...(partition && {
            topic: topics[0]?.name ?? '',
            partition: partition.partitionIndex,
            offset: Number(partition.committedOffset),
          }),
        };
      },
    ),
    explain(
      findCoordinator,
      ({ key, keyType }) => (keyType === 0 ? { group: key } : { transactionalId: key }),
      ({ errorCode }) => ({ errorCode }),
    ),
    explain(
      joinGroup,
      ({ groupId, memberId }) => ({ group: groupId, memberId }),
      ({ errorCode, generationId, memberId }) => ({ errorCode, generation: generationId, memberId }),
    ),
    explain(syncGroup, membership, ({ errorCode }) => ({ errorCode })),
    explain(heartbeat, membership, ({ errorCode }) => ({ errorCode })),
    explain(
      leaveGroup,
      ({ groupId, memberId, members }) => ({
        group: groupId,
        memberId: members[0]?.memberId ?? memberId,
      }),
      ({ errorCode }) => ({ errorCode }),
    ),
    explain(
      initProducerId,
      ({ transactionalId }) => (transactionalId === null ? {} : { transactionalId }),
      ({ errorCode, producerId, producerEpoch }) => ({
        errorCode,
        producerId: Number(producerId),
        epoch: producerEpoch,
      }),
    ),
    explain(
      addPartitionsToTxn,
      (request) => ({
        transactionalId: request.v3AndBelowTransactionalId,
        producerId: Number(request.v3AndBelowProducerId),
        epoch: request.v3AndBelowProducerEpoch,
      }),
      ({ resultsByTopicV3AndBelow: topics }) => ({
        errorCode: topics[0]?.resultsByPartition[0]?.partitionErrorCode ?? 0,
      }),
    ),
    explain(
      addOffsetsToTxn,
      ({ groupId, ...producer }) => ({ group: groupId, ...transactionalProducer(producer) }),
      ({ errorCode }) => ({ errorCode }),
    ),
    explain(
      endTxn,
      ({ committed, ...producer }) => ({ commit: committed, ...transactionalProducer(producer) }),
      ({ errorCode }) => ({ errorCode }),
    ),
    ...[listOffsets, metadata, apiVersions, saslHandshake, saslAuthenticate].map(onlyNamed),
  ].map((explained) => [explained.api.key, explained]),
);

function explain<Request, Response>(
  api: ApiDefinition<Request, Response>,
  ofRequest: (request: Request) => WireDetail,
  ofResponse: (response: Response) => WireDetail,
): ExplainedApi {
  return {
    api,
    request: (version, body) => ofRequest(decodeRequest(api, version, body)),
    response: (version, body) => ofResponse(decodeResponse(api, version, body)),
  };
}

function onlyNamed(api: AnyApi): ExplainedApi {
  return { api, request: () => ({}), response: () => ({}) };
}

type RequestBody<Explained> =
  Explained extends ApiDefinition<infer Request, infer _Response> ? Request : never;

function produceRequest({ transactionalId, topicData }: RequestBody<typeof produce>): WireDetail {
  const partition = topicData[0]?.partitionData[0];
  return {
    topic: topicData[0]?.name ?? '',
    ...(transactionalId !== null && { transactionalId }),
    ...(partition && { partition: partition.index }),
    ...batchDetail(topicData.flatMap((topic) => topic.partitionData.map(({ records }) => records))),
  };
}

function fetchRequest({ topics }: RequestBody<typeof fetch>): WireDetail {
  const partition = topics[0]?.partitions[0];
  if (!partition) return {};
  return {
    topic: topics[0]?.topic ?? '',
    partition: partition.partition,
    offset: Number(partition.fetchOffset),
  };
}

function offsetCommitRequest(request: RequestBody<typeof offsetCommit>): WireDetail {
  return {
    group: request.groupId,
    memberId: request.memberId,
    generation: request.generationIdOrMemberEpoch,
    ...firstCommitted(request.topics),
  };
}

function txnOffsetCommitRequest(request: RequestBody<typeof txnOffsetCommit>): WireDetail {
  return { group: request.groupId, ...transactionalProducer(request), ...firstCommitted(request.topics) };
}

function transactionalProducer(request: {
  readonly transactionalId: string;
  readonly producerId: bigint;
  readonly producerEpoch: number;
}): WireDetail {
  const { transactionalId, producerId, producerEpoch } = request;
  return { transactionalId, producerId: Number(producerId), epoch: producerEpoch };
}

function membership(request: {
  readonly groupId: string;
  readonly memberId: string;
  readonly generationId: number;
}): WireDetail {
  return { group: request.groupId, memberId: request.memberId, generation: request.generationId };
}

function firstCommitted(
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly committedOffset: bigint }[];
  }[],
): WireDetail {
  const partition = topics[0]?.partitions[0];
  if (!partition) return {};
  return {
    topic: topics[0]?.name ?? '',
    partition: partition.partitionIndex,
    offset: Number(partition.committedOffset),
  };
}

function committedError(
  topics: readonly { readonly partitions: readonly { readonly errorCode: number }[] }[],
): WireDetail {
  return { errorCode: firstError(0, ...topics.flatMap(({ partitions }) => partitions)) };
}

function firstError(whole: number, ...parts: readonly { readonly errorCode: number }[]): number {
  return whole !== 0 ? whole : (parts.find(({ errorCode }) => errorCode !== 0)?.errorCode ?? 0);
}
