import { featuresOfKafka39, type Features } from './features.js';
import type { AnyApi } from './protocol/api.js';
import type { VersionRange } from './protocol/version-range.js';
import { produceHandler } from './requests/00-produce.js';
import { fetchHandler } from './requests/01-fetch.js';
import { listOffsetsHandler } from './requests/02-list-offsets.js';
import { metadataHandler } from './requests/03-metadata.js';
import { offsetCommitHandler } from './requests/08-offset-commit.js';
import { offsetFetchHandler } from './requests/09-offset-fetch.js';
import { findCoordinatorHandler } from './requests/10-find-coordinator.js';
import { joinGroupHandler } from './requests/11-join-group.js';
import { heartbeatHandler } from './requests/12-heartbeat.js';
import { leaveGroupHandler } from './requests/13-leave-group.js';
import { syncGroupHandler } from './requests/14-sync-group.js';
import { describeGroupsHandler } from './requests/15-describe-groups.js';
import { listGroupsHandler } from './requests/16-list-groups.js';
import { apiVersionsHandler, type AdvertisedApi } from './requests/18-api-versions.js';
import { createTopicsHandler } from './requests/19-create-topics.js';
import { deleteTopicsHandler } from './requests/20-delete-topics.js';
import { deleteRecordsHandler } from './requests/21-delete-records.js';
import { initProducerIdHandler } from './requests/22-init-producer-id.js';
import { offsetForLeaderEpochHandler } from './requests/23-offset-for-leader-epoch.js';
import { addPartitionsToTxnHandler } from './requests/24-add-partitions-to-txn.js';
import { addOffsetsToTxnHandler } from './requests/25-add-offsets-to-txn.js';
import { endTxnHandler } from './requests/26-end-txn.js';
import { txnOffsetCommitHandler } from './requests/28-txn-offset-commit.js';
import { describeConfigsHandler } from './requests/32-describe-configs.js';
import { alterConfigsHandler } from './requests/33-alter-configs.js';
import { describeLogDirsHandler } from './requests/35-describe-log-dirs.js';
import { createPartitionsHandler } from './requests/37-create-partitions.js';
import { deleteGroupsHandler } from './requests/42-delete-groups.js';
import { incrementalAlterConfigsHandler } from './requests/44-incremental-alter-configs.js';
import { offsetDeleteHandler } from './requests/47-offset-delete.js';
import { describeClusterHandler } from './requests/60-describe-cluster.js';
import { describeProducersHandler } from './requests/61-describe-producers.js';
import { describeTransactionsHandler } from './requests/65-describe-transactions.js';
import { listTransactionsHandler } from './requests/66-list-transactions.js';
import { consumerGroupHeartbeatHandler } from './requests/68-consumer-group-heartbeat.js';
import { consumerGroupDescribeHandler } from './requests/69-consumer-group-describe.js';
import { describeTopicPartitionsHandler } from './requests/75-describe-topic-partitions.js';
import type { RequestHandler } from './requests/handler.js';

/** One API that the broker answers. */
export interface RegisteredApi {
  readonly name: string;
  readonly api: AnyApi;
  readonly versions: VersionRange;
  readonly handler: RequestHandler;
}

const handlers: readonly RequestHandler[] = [
  produceHandler,
  fetchHandler,
  listOffsetsHandler,
  metadataHandler,
  offsetCommitHandler,
  offsetFetchHandler,
  findCoordinatorHandler,
  joinGroupHandler,
  heartbeatHandler,
  leaveGroupHandler,
  syncGroupHandler,
  describeGroupsHandler,
  listGroupsHandler,
  apiVersionsHandler((features) => advertisedWith(features)),
  createTopicsHandler,
  deleteTopicsHandler,
  deleteRecordsHandler,
  initProducerIdHandler,
  offsetForLeaderEpochHandler,
  addPartitionsToTxnHandler,
  addOffsetsToTxnHandler,
  endTxnHandler,
  txnOffsetCommitHandler,
  describeConfigsHandler,
  alterConfigsHandler,
  describeLogDirsHandler,
  createPartitionsHandler,
  deleteGroupsHandler,
  incrementalAlterConfigsHandler,
  offsetDeleteHandler,
  describeClusterHandler,
  describeProducersHandler,
  describeTransactionsHandler,
  listTransactionsHandler,
  consumerGroupHeartbeatHandler,
  consumerGroupDescribeHandler,
  describeTopicPartitionsHandler,
];

/** Every API that the broker answers, by key. A new API is one more line above. */
export const registeredApis: readonly RegisteredApi[] = handlers.map((handler) => ({
  name: handler.api.name,
  api: handler.api,
  versions: handler.versions,
  handler,
}));

const byKey: ReadonlyMap<number, RegisteredApi> = new Map(registeredApis.map((one) => [one.api.key, one]));

export function registeredApi(key: number): RegisteredApi | undefined {
  return byKey.get(key);
}

/** The versions of an API that are answered with these features. */
export function versionsWith({ versions, handler }: RegisteredApi, features: Features): VersionRange {
  const { withFeature } = handler;
  const isRaised = withFeature !== undefined && features[withFeature.feature] > 0;
  return isRaised ? { min: versions.min, max: withFeature.max } : versions;
}

/** What ApiVersions tells: exactly what is answered. */
export function advertisedWith(features: Features): readonly AdvertisedApi[] {
  return registeredApis.map((registered) => advertisedAs(registered, features));
}

/** What a broker tells that nobody told anything. */
export const advertised: readonly AdvertisedApi[] = advertisedWith(featuresOfKafka39);

export function advertisedAs(registered: RegisteredApi, features: Features): AdvertisedApi {
  const { min, max } = versionsWith(registered, features);
  return { apiKey: registered.api.key, minVersion: min, maxVersion: max };
}
