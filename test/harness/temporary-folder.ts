import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atTheEnd } from './processes.js';

const folders = new Set<string>();
const patient = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 } as const;

atTheEnd(() => {
  for (const folder of folders) rmSync(folder, patient);
});

/** A new folder, removed by `removeFolder`, or when this process ends. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
  folders.add(folder);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, patient);
  folders.delete(folder);
}
