import { ErrorCode } from '../protocol/errors.js';
import {
  CoordinatorType,
  findCoordinator,
  type FindCoordinatorRequest,
  type FindCoordinatorResponse,
} from '../protocol/messages/10-find-coordinator.js';
import type { BrokerServices } from '../services.js';
import type { RequestHandler } from './handler.js';

/**
 * FindCoordinator, versions 0–5: the node that coordinates a group (type 0) or a transactional id (type 1, from version 1);
 * several keys from version 4. The node follows from the key's hash as in Kafka unless a fault rule moved it. There is always one:
 * Kafka's COORDINATOR_NOT_AVAILABLE (15) during the creation of its internal topics does not occur.
 */
export const findCoordinatorHandler: RequestHandler<FindCoordinatorRequest, FindCoordinatorResponse> = {
  api: findCoordinator,
  versions: { min: 0, max: 5 },
  handle(request, context, services) {
    if (context.apiVersion < 4) return locate(request.key, request.keyType, services);
    return { coordinators: request.coordinatorKeys.map((key) => locate(key, request.keyType, services)) };
  },
};

interface Located {
  readonly key: string;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

function locate(key: string, keyType: number, { cluster }: BrokerServices): Located {
  const kind = kindOf(keyType);
  if (kind === undefined) {
    const errorMessage = `Unknown coordinator type ${keyType}`;
    return { key, nodeId: -1, host: '', port: -1, errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
  }
  const { nodeId, host, port } = cluster.coordinatorFor(kind, key);
  return { key, nodeId, host, port, errorCode: ErrorCode.NONE, errorMessage: null };
}

function kindOf(keyType: number): 'group' | 'transaction' | undefined {
  if (keyType === CoordinatorType.group) return 'group';
  return keyType === CoordinatorType.transaction ? 'transaction' : undefined;
}
