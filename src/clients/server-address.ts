import { LabError } from '../core/lab-error.js';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** As the user wrote it. */
  readonly server: string;
}

/** `host:port`. kafkajs splits at the first colon, so IPv6 literals cannot be used. @throws LabError invalid-server */
export function parseServer(server: string): ServerAddress {
  const [, host, port] = /^([^\s:/[\]]+):(\d{1,5})$/.exec(server.trim()) ?? [];
  const number = Number(port);
  if (host === undefined || number < 1 || number > 65_535) throw new LabError('invalid-server', { server });
  return { host, port: number, server: server.trim() };
}
