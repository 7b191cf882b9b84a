import {
  heartbeat,
  type HeartbeatRequest,
  type HeartbeatResponse,
} from '../protocol/messages/12-heartbeat.js';
import { groupCoordinatorError } from './group-coordinator.js';
import type { RequestHandler } from './handler.js';

/** Heartbeat, versions 0–4: prolongs the session; 27 tells the member to rejoin, 22, 25 and 82 that it is out. */
export const heartbeatHandler: RequestHandler<HeartbeatRequest, HeartbeatResponse> = {
  api: heartbeat,
  versions: { min: 0, max: 4 },
  handle(request, context, services) {
    const elsewhere = groupCoordinatorError(request.groupId, context, services);
    return { errorCode: elsewhere ?? services.groups.heartbeat(request.groupId, request) };
  },
};
