import * as vscode from 'vscode';

/** Where runs go, as the settings say it. */
export type BrokerChoice =
  { readonly kind: 'embedded' } | { readonly kind: 'kafka'; readonly servers: readonly string[] };

const section = 'kafkaLab';

/**
 * Reads the settings at each run, so that a change holds from the next one on. An untrusted workspace's own values never
 * arrive here: both settings are named in package.json as restricted.
 */
export function brokerChoice(): BrokerChoice {
  const settings = vscode.workspace.getConfiguration(section);
  if (settings.get<string>('broker') !== 'kafka') return { kind: 'embedded' };
  return { kind: 'kafka', servers: configuredServers() };
}

export function configuredServers(): readonly string[] {
  const servers = vscode.workspace.getConfiguration(section).get<unknown>('bootstrapServers');
  if (!Array.isArray(servers)) return [];
  return servers.filter((server): server is string => typeof server === 'string' && server.trim() !== '');
}

/** Written for the user and not for the workspace: somebody else who opens the folder has other brokers. */
export async function chooseEmbedded(): Promise<void> {
  await update('broker', 'embedded');
}

export async function chooseKafka(servers: readonly string[]): Promise<void> {
  await update('bootstrapServers', servers);
  await update('broker', 'kafka');
}

async function update(setting: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(setting, value, vscode.ConfigurationTarget.Global);
}

/** `host:port,host:port` → addresses, or `undefined` when one of them is none. */
export function parseServers(text: string): readonly string[] | undefined {
  const servers = text.split(/[\s,]+/).filter((server) => server !== '');
  return servers.length > 0 && servers.every(isAddress) ? servers : undefined;
}

function isAddress(server: string): boolean {
  const [, port] = /^[^\s:/]+:(\d{1,5})$/.exec(server) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}
