import path from 'node:path';
import { cached } from '../../harness/cache.js';
import { runToEnd } from '../../harness/processes.js';
import type { Command } from '../clients.js';

export const python = process.platform === 'win32' ? 'python' : 'python3';
const program = path.resolve(import.meta.dirname, '..', 'python', 'program.py');

export async function missingForPython(): Promise<string | undefined> {
  try {
    await runToEnd(python, ['-m', 'pip', '--version']);
    return undefined;
  } catch {
    return 'there is no Python 3 with pip on the PATH';
  }
}

/** The program of the matrix, with that version of confluent-kafka. */
export async function pythonProgram(version: string): Promise<Command> {
  const folder = await pythonPackages(version);
  return { command: python, args: ['-B', program], env: { PYTHONPATH: folder } };
}

/**
 * confluent-kafka as a wheel, in a folder of its own: it is the C core of librdkafka, made for one version of Python.
 * @returns what PYTHONPATH must be
 */
export async function pythonPackages(version: string): Promise<string> {
  const tag = (await runToEnd(python, ['-c', 'import sys; print(sys.implementation.cache_tag)'])).trim();
  return cached(
    `clients-confluent-kafka-${version}-${tag}`,
    `Fetching confluent-kafka ${version} (PyPI)`,
    async (empty) => {
      const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--no-compile'];
      const target = ['--target', empty, `confluent-kafka==${version}`];
      await runToEnd(python, ['-m', 'pip', 'install', ...quiet, ...target]);
    },
  );
}
