import { ToldError } from '../../core/told-error.js';
import type { Translate } from '../../core/text/translate.js';

/** "host:port,host:port"; an IPv6 address in brackets is split at its last colon. @throws ToldError naming the one that is wrong */
export function serversOf(value: string, t: Translate): readonly string[] {
  const servers = value.split(',').map((server) => server.trim());
  const wrong = servers.find((server) => !isHostAndPort(server));
  if (wrong !== undefined)
    throw new ToldError(t('A bootstrap server is written host:port, not “{server}”.', { server: wrong }));
  return servers;
}

function isHostAndPort(server: string): boolean {
  const separator = server.lastIndexOf(':');
  const port = server.slice(separator + 1);
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return separator > 0 && isPort && !/\s|\//.test(server);
}
