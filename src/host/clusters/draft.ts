import type { ConnectionSettings, SaslSettings, TlsSettings } from '../../clients/connection-settings.js';
import type { NamedConnection } from './cluster-store.js';

/** A cluster while its user describes it, step by step. */
export interface Draft {
  readonly name: string;
  /** As typed: `host:port,host:port`. */
  readonly servers: string;
  readonly usesTls: boolean;
  readonly tls: TlsSettings;
  readonly login: 'none' | SaslSettings['mechanism'];
  readonly username: string;
  readonly password: string;
  readonly tokenCommand: string;
}

export const emptyDraft: Draft = {
  name: '',
  servers: '',
  usesTls: false,
  tls: {},
  login: 'none',
  username: '',
  password: '',
  tokenCommand: '',
};

export function draftOf({ name, connection }: NamedConnection): Draft {
  const { bootstrapServers, tls, sasl } = connection;
  return {
    ...emptyDraft,
    name,
    servers: bootstrapServers.join(','),
    usesTls: tls !== undefined,
    tls: tls ?? {},
    login: sasl?.mechanism ?? 'none',
    ...(sasl !== undefined && sasl.mechanism !== 'oauthbearer'
      ? { username: sasl.username, password: sasl.password }
      : {}),
    ...(sasl?.mechanism === 'oauthbearer' ? { tokenCommand: sasl.tokenCommand } : {}),
  };
}

export function connectionOf(draft: Draft, bootstrapServers: readonly string[]): ConnectionSettings {
  const sasl = loginOf(draft);
  return { bootstrapServers, ...(draft.usesTls && { tls: draft.tls }), ...(sasl && { sasl }) };
}

function loginOf({ login, username, password, tokenCommand }: Draft): SaslSettings | undefined {
  switch (login) {
    case 'none':
      return undefined;
    case 'oauthbearer':
      return { mechanism: login, tokenCommand };
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      return { mechanism: login, username, password };
  }
}
