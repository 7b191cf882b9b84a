import { ErrorCode } from '../broker/protocol/errors.js';
import { isLabError, LabError } from '../core/lab-error.js';
import type { SaslSettings } from './connection-settings.js';
import { rootOf } from './outcome.js';
import { tlsFailure } from './tls-failure.js';

export interface DiagnosisContext {
  /** The address that the user knows. */
  readonly server: string;
  readonly sasl?: SaslSettings;
  /** It had answered before, so its address and its kind are right. */
  readonly hasAnswered?: boolean;
  /** What was being done when the broker refused, e.g. "create topics". */
  readonly doing?: string;
}

const notAuthorised: ReadonlySet<number> = new Set([
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
]);

/** One plain error for whatever kafkajs or Node threw; what is one already stays as it is. */
export function diagnose(error: unknown, context: DiagnosisContext): LabError {
  const plain = labErrorIn(error);
  if (plain !== undefined) return plain;
  const chain = causes(error);
  const mechanism = context.sasl?.mechanism.toUpperCase() ?? '';
  for (const { name, message, code } of chain) {
    if (name === 'KafkaJSSASLAuthenticationError') {
      const code = context.sasl?.mechanism === 'oauthbearer' ? 'token-refused' : 'authentication-failed';
      return new LabError(code, { mechanism }, { cause: error });
    }
    if (code !== undefined && /CERT|SSL|TLS/.test(code)) {
      return tlsFailure(Object.assign(new Error(message), { code }), context.server);
    }
    if (
      code !== undefined &&
      /^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|TIMEDOUT)$/.test(code)
    ) {
      return new LabError('broker-unreachable', { server: context.server }, { cause: error });
    }
    if (name === 'KafkaJSConnectionClosedError' || name === 'KafkaJSConnectionError') {
      const code = context.hasAnswered ? 'broker-unreachable' : 'connection-closed';
      return new LabError(code, { server: context.server }, { cause: error });
    }
  }
  const { code, message } = rootOf(error);
  if (code !== undefined && notAuthorised.has(code)) {
    return new LabError('not-authorised', { what: context.doing ?? '' }, { cause: error });
  }
  return new LabError('client-failed', { reason: message }, { cause: error });
}

/** One of ours that kafkajs has wrapped: a command that printed no token, say. */
function labErrorIn(error: unknown): LabError | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause)
    if (isLabError(current)) return current;
  return undefined;
}

interface Cause {
  readonly name: string;
  readonly message: string;
  /** Node's and OpenSSL's codes are words; Kafka's are numbers and not listed here. */
  readonly code?: string;
}

function causes(error: unknown): readonly Cause[] {
  const chain: Cause[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code: unknown = Reflect.get(current, 'code');
    const { name, message } = current;
    chain.push({ name, message, ...(typeof code === 'string' && { code }) });
  }
  return chain;
}
