import type { ConnectionSettings, SaslSettings, TlsSettings } from './connection-settings.js';
import { Kafka, logLevel } from './kafkajs.js';
import { tokenFrom } from './oauth-token.js';
import type { ISocketFactory, KafkaClient, KafkaConfig } from './kafkajs.js';

/** One line of what kafkajs says of itself. */
export interface ClientLogEntry {
  readonly level: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface ClientOptions {
  readonly clientId: string;
  readonly connection: ConnectionSettings;
  readonly socketFactory: ISocketFactory;
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly log?: (entry: ClientLogEntry) => void;
}

/**
 * Retries of what an application does not see: metadata, coordinators, reconnecting. Always given, because kafkajs changes its
 * defaults under NODE_ENV=test; never 0, because look-ups would break with the producer's own retries.
 */
export const LOOK_UP_RETRY = {
  retries: 8,
  initialRetryTime: 100,
  maxRetryTime: 500,
  factor: 0.2,
  multiplier: 2,
};

/** One kafkajs instance for one simulated process: instances share nothing, not even the `sasl` object that kafkajs mutates. */
export function createClient(options: ClientOptions): KafkaClient {
  return new Kafka(clientConfiguration(options));
}

/** The configuration that both the public client and kafkajs's own cluster take. */
export function clientConfiguration(options: ClientOptions): KafkaConfig & { brokers: string[] } {
  const { connection, log } = options;
  return {
    clientId: options.clientId,
    brokers: [...connection.bootstrapServers],
    ...(connection.tls && { ssl: tlsOptions(connection.tls) }),
    ...(connection.sasl && { sasl: saslOptions(connection.sasl) }),
    socketFactory: options.socketFactory,
    requestTimeout: options.requestTimeoutMs,
    enforceRequestTimeout: true,
    connectionTimeout: options.connectionTimeoutMs,
    authenticationTimeout: options.connectionTimeoutMs,
    reauthenticationThreshold: 10_000,
    retry: LOOK_UP_RETRY,
    logLevel: log ? logLevel.INFO : logLevel.NOTHING,
    logCreator:
      () =>
      ({ label, log: { message } }) =>
        log?.({ level: levelOf(label), message }),
  };
}

/** PEM texts as Node's TLS takes them. */
export function tlsOptions(tls: TlsSettings): NonNullable<Exclude<KafkaConfig['ssl'], boolean>> {
  return {
    ...(tls.certificateAuthority && { ca: [tls.certificateAuthority] }),
    ...(tls.certificate && { cert: tls.certificate }),
    ...(tls.key && { key: tls.key }),
    ...(tls.passphrase && { passphrase: tls.passphrase }),
    ...(tls.verifyHostName === false && { checkServerIdentity: () => undefined }),
  };
}

function saslOptions(sasl: SaslSettings): NonNullable<KafkaConfig['sasl']> {
  const { mechanism } = sasl;
  switch (mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512': {
      const { username, password } = sasl;
      // kafkajs's type is a union by mechanism, and takes none of several.
      return { mechanism: mechanism as 'plain', username, password };
    }
    case 'oauthbearer': {
      const { tokenCommand } = sasl;
      return { mechanism, oauthBearerProvider: async () => ({ value: await tokenFrom(tokenCommand) }) };
    }
  }
}

/** kafkajs's labels are ERROR, WARN, INFO and DEBUG. */
function levelOf(label: string): ClientLogEntry['level'] {
  if (label === 'ERROR') return 'error';
  return label === 'WARN' ? 'warning' : 'info';
}
