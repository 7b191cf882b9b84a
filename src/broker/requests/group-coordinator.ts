import { ErrorCode } from '../protocol/errors.js';
import type { BrokerServices } from '../services.js';
import type { RequestContext } from './handler.js';

/** NOT_COORDINATOR (16) when the connection's node does not coordinate the group, else undefined. */
export function groupCoordinatorError(
  groupId: string,
  context: RequestContext,
  services: BrokerServices,
): number | undefined {
  const { nodeId } = services.cluster.coordinatorFor('group', groupId);
  return nodeId === context.nodeId ? undefined : ErrorCode.NOT_COORDINATOR;
}
