import {
  alterConfigs,
  type AlterConfigsRequest,
  type AlterConfigsResponse,
} from '../protocol/messages/33-alter-configs.js';
import { changeConfigs } from './change-configs.js';
import type { RequestHandler } from './handler.js';

/** AlterConfigs, versions 0–2, for topics: what is not named goes back to its default. */
export const alterConfigsHandler: RequestHandler<AlterConfigsRequest, AlterConfigsResponse> = {
  api: alterConfigs,
  versions: { min: 0, max: 2 },
  handle(request, _context, services) {
    return {
      responses: request.resources.map((resource) =>
        changeConfigs(resource, request.validateOnly, services, () => ({
          configs: new Map(resource.configs.map(({ name, value }) => [name, value])),
        })),
      ),
    };
  },
};
