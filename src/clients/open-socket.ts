import net from 'node:net';
import tls from 'node:tls';

const KEEP_ALIVE_DELAY_MS = 60_000;

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** Connects in plaintext, or with TLS when options are given. A host name is sent as SNI; an IP address cannot be (RFC 6066). */
export function openSocket(
  { host, port }: SocketAddress,
  tlsOptions: tls.ConnectionOptions | undefined,
  onConnect: () => void,
): net.Socket {
  const socket = tlsOptions
    ? tls.connect({ host, port, ...(net.isIP(host) === 0 && { servername: host }), ...tlsOptions }, onConnect)
    : net.connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  return socket;
}
