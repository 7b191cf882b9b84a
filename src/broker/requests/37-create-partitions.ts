import { ErrorCode } from '../protocol/errors.js';
import {
  createPartitions,
  type CreatePartitionsRequest,
  type CreatePartitionsResponse,
} from '../protocol/messages/37-create-partitions.js';
import type { RequestHandler } from './handler.js';
import { repeatedNames } from './repeated-names.js';

/** CreatePartitions, versions 0–3: a topic only grows (37 otherwise); validate only; manual assignments. */
export const createPartitionsHandler: RequestHandler<CreatePartitionsRequest, CreatePartitionsResponse> = {
  api: createPartitions,
  versions: { min: 0, max: 3 },
  handle(request, _context, { cluster }) {
    const repeated = repeatedNames(request.topics);
    const single = request.topics.filter(({ name }) => !repeated.has(name));
    const results = single.map(({ name, count, assignments }) => {
      const lists = assignments?.map(({ brokerIds }) => brokerIds) ?? null;
      const { errorCode, message } = cluster.createPartitions(name, count, lists, request.validateOnly);
      return { name, errorCode, errorMessage: message ?? null };
    });
    const errorMessage = 'Duplicate topic name.';
    const refused = [...repeated].map((name) => ({
      name,
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage,
    }));
    return { results: [...results, ...refused] };
  },
};
