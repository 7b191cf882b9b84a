import path from 'node:path';
import type { Installation } from './context.js';

/** `folder` is the one that holds cli.js: dist/, beside l10n/ and package.json. */
export function installationOf(folder: string): Installation {
  const root = path.dirname(folder);
  return {
    workers: { actor: path.join(folder, 'actor.js'), broker: path.join(folder, 'broker.js') },
    texts: path.join(root, 'l10n'),
    packageFile: path.join(root, 'package.json'),
  };
}
