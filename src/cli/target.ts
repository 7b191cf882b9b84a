import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import type { Translate } from '../core/text/translate.js';
import type { Target } from '../runner/run.js';
import type { ConnectionOptions } from './arguments.js';
import { CliError } from './cli-error.js';
import { connectionOf, type Properties } from '../clients/properties/client-properties.js';
import { parseProperties } from '../clients/properties/properties.js';

/** The embedded broker, unless servers or a properties file are given. */
export async function targetOf(options: ConnectionOptions, t: Translate): Promise<Target> {
  if (options.bootstrap === undefined && options.config === undefined) return { kind: 'embedded' };
  return { kind: 'kafka', connection: await connectionFor(options, t) };
}

async function connectionFor(
  { bootstrap, config }: ConnectionOptions,
  t: Translate,
): Promise<ConnectionSettings> {
  const properties = config === undefined ? new Map() : await readProperties(config, t);
  // As Kafka's own tools do it: a file that the properties name is looked up from the current folder.
  return connectionOf(properties, bootstrap, (file) => readFile(path.resolve(file), 'utf8'), t);
}

async function readProperties(file: string, t: Translate): Promise<Properties> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(t('The properties file {file} cannot be read.', { file }));
  });
  return parseProperties(text);
}
