import { stat } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../test/harness/processes.js';
import { removeFolder, temporaryFolder } from '../test/harness/temporary-folder.js';
import type { Figure } from './figure.js';

/** Size of the package that users download. */
export async function packageSize(): Promise<readonly Figure[]> {
  const folder = await temporaryFolder('lab-vsix');
  try {
    const file = path.join(folder, 'extension.vsix');
    await runToEnd(process.execPath, ['--import=tsx', 'scripts/package.ts', file]);
    return [
      {
        id: 'vsix.size',
        what: 'size of the package (VSIX)',
        measured: (await stat(file)).size / 1000,
        unit: 'kB',
        target: { bound: 'at most', value: 500 },
      },
    ];
  } finally {
    await removeFolder(folder);
  }
}
