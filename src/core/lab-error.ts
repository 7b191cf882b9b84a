/**
 * An error that a learner is told in one plain sentence. Only the code and its arguments travel; the sentence is worded where
 * the language is known (core/text). It loads nothing, so the editor can recognise it without loading a Kafka client.
 */
export class LabError extends Error {
  override readonly name = 'LabError';

  constructor(
    readonly code: LabErrorCode,
    readonly args: LabErrorArguments = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(args)}`, options);
  }
}

export type LabErrorArguments = Readonly<Record<string, string | number>>;

export type LabErrorCode =
  /** {server}: the name has no address, or nothing listens there. */
  | 'broker-unreachable'
  /** {server}, {seconds}: something accepted the connection and never answered. */
  | 'broker-mute'
  /** {server}: an answer came that is not Kafka's. */
  | 'not-kafka'
  /** {server}: an HTTP server answered. */
  | 'http-server'
  /** {server}: the listener speaks TLS and the settings do not ask for it. */
  | 'tls-expected'
  /** {server}: the settings ask for TLS and the listener speaks plaintext (or closed during the handshake). */
  | 'plaintext-expected'
  /** {server}, {reason}: the certificate is not signed by an authority that the settings know. */
  | 'certificate-not-trusted'
  /** {server}, {reason}: the certificate names another host, or has expired. */
  | 'certificate-invalid'
  /** {server}, {reason}: the broker asks for a client certificate or refuses ours. */
  | 'client-certificate-refused'
  /** {server}: the broker closed the connection before any answer; it may ask for SASL or TLS. */
  | 'connection-closed'
  /** {server}: the settings ask for a SASL login and the listener knows none. */
  | 'no-login-here'
  /** {mechanism}: wrong user or password. */
  | 'authentication-failed'
  /** {mechanism}: the broker takes tokens, and not this one. */
  | 'token-refused'
  /** {code}: the exit code of the command that is to print the token of a login. */
  | 'token-command-failed'
  /** {seconds}: it had not ended by then. */
  | 'token-command-slow'
  /** It printed nothing. */
  | 'token-command-silent'
  /** {mechanism}, {offered} */
  | 'mechanism-not-offered'
  /** {what}: what the user may not do, e.g. "create topics". */
  | 'not-authorised'
  /** {brokers}: the cluster's default replication factor is higher than its number of brokers. */
  | 'replication-too-high'
  /** {coordinator}, {brokers}: the internal topic of groups or transactions cannot be made, its replication factor is too high. */
  | 'coordinator-unavailable'
  /** {api}, {version}: the broker is too old or too new for this request. */
  | 'version-not-supported'
  /** {server}: IPv6 literals and addresses without a port cannot be used. */
  | 'invalid-server'
  /** {request}: Kafka's name of the request that this user may not send. */
  | 'not-permitted'
  | 'topic-exists'
  /** {topic}, {reason}: it is gone, or this user may not see it. */
  | 'topic-unreadable'
  | 'topic-not-deleted'
  /** {group}: it has members, so nobody else may change its offsets. */
  | 'group-active'
  | 'group-missing'
  /** {group}, {reason} */
  | 'group-not-changed'
  /** {topic}, {reason}: creating a topic failed otherwise. */
  | 'topic-not-created'
  /** {seconds}: a run did not come to its end. */
  | 'run-timed-out'
  /** The signal fired. */
  | 'cancelled'
  /** {process}, {reason}: a worker thread could not be started. */
  | 'worker-failed'
  /** {reason}: anything else the client library said. */
  | 'client-failed';

/** Recognises a `LabError` across bundles, each of which has a class of its own. */
export function isLabError(error: unknown): error is LabError {
  return error instanceof Error && error.name === 'LabError' && 'code' in error && 'args' in error;
}
