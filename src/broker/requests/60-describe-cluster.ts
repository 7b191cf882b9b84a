import { ErrorCode } from '../protocol/errors.js';
import {
  describeCluster,
  EndpointType,
  type DescribeClusterRequest,
  type DescribeClusterResponse,
} from '../protocol/messages/60-describe-cluster.js';
import { operationsNotAsked } from '../protocol/messages/common.js';
import { clusterOperations } from './authorized-operations.js';
import type { RequestHandler } from './handler.js';

/**
 * DescribeCluster, versions 0–1 (KIP-700): nodes, controller and cluster id, as in Metadata. A client that takes us for a controller
 * (KIP-919) is told 114, one that asks for anything else 115; measured on 3.9.1 and 4.2.0. No node is ever fenced.
 */
export const describeClusterHandler: RequestHandler<DescribeClusterRequest, DescribeClusterResponse> = {
  api: describeCluster,
  versions: { min: 0, max: 1 },
  handle({ endpointType, includeClusterAuthorizedOperations }, _context, { cluster }) {
    if (endpointType !== EndpointType.broker) return { ...refusal(endpointType), clusterId: '' };
    return {
      clusterId: cluster.clusterId,
      controllerId: cluster.controllerId,
      brokers: cluster.nodes.map(({ nodeId, host, port }) => ({ brokerId: nodeId, host, port })),
      clusterAuthorizedOperations: includeClusterAuthorizedOperations
        ? clusterOperations
        : operationsNotAsked,
    };
  },
};

function refusal(endpointType: number): { readonly errorCode: number; readonly errorMessage: string } {
  if (endpointType === EndpointType.controller) {
    const errorMessage =
      'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER';
    return { errorCode: ErrorCode.MISMATCHED_ENDPOINT_TYPE, errorMessage };
  }
  const errorMessage = `Unsupported endpoint type ${endpointType}`;
  return { errorCode: ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage };
}
