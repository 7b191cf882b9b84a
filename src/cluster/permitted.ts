import { ErrorCode } from '../broker/protocol/errors.js';
import { LabError } from '../core/lab-error.js';

const refused: ReadonlySet<number> = new Set([
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
]);

/** @throws LabError not-permitted, with the name of the request as Kafka's documentation of rights has it */
export function expectPermitted(errorCode: number, request: string): void {
  if (refused.has(errorCode)) throw new LabError('not-permitted', { request });
}
