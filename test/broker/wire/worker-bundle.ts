import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entryPoint = fileURLToPath(new URL('../../../src/broker/worker.ts', import.meta.url));

/** The worker as the extension ships it, in a folder of its own. */
export async function bundleWorker(): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-broker-'));
  const file = path.join(folder, 'broker.cjs');
  await build({
    entryPoints: [entryPoint],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
