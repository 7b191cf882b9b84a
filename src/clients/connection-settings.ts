/** How to reach a Kafka cluster. Secrets stay in memory: they are never written to histories, logs or settings. */
export interface ConnectionSettings {
  readonly bootstrapServers: readonly string[];
  readonly tls?: TlsSettings;
  readonly sasl?: SaslSettings;
}

/** PEM texts; absent `certificateAuthority` = the system's. */
export interface TlsSettings {
  readonly certificateAuthority?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** False only for a learner's own test cluster: `ssl.endpoint.identification.algorithm` empty. */
  readonly verifyHostName?: boolean;
}

export type SaslSettings = PasswordLogin | TokenLogin;

export interface PasswordLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export interface TokenLogin {
  readonly mechanism: 'oauthbearer';
  /** A command line for the user's shell; what it prints is the token. It is run at each login. */
  readonly tokenCommand: string;
}
