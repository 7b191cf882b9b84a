import path from 'node:path';
import { cached } from '../../harness/cache.js';
import { runToEnd } from '../../harness/processes.js';
import type { Command } from '../clients.js';

const python = process.platform === 'win32' ? 'python' : 'python3';
const program = path.resolve(import.meta.dirname, '..', 'python', 'program.py');

export async function missingForPython(): Promise<string | undefined> {
  try {
    await runToEnd(python, ['-m', 'pip', '--version']);
    return undefined;
  } catch {
    return 'there is no Python 3 with pip on the PATH';
  }
}

/** confluent-kafka as a wheel, in a folder of its own: it is the C core of librdkafka, made for one version of Python. */
export async function pythonProgram(version: string): Promise<Command> {
  const tag = (await runToEnd(python, ['-c', 'import sys; print(sys.implementation.cache_tag)'])).trim();
  const folder = await cached(
    `clients-confluent-kafka-${version}-${tag}`,
    `Fetching confluent-kafka ${version} (PyPI)`,
    async (empty) => {
      const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--no-compile'];
      await runToEnd(python, [
        '-m',
        'pip',
        'install',
        ...quiet,
        '--target',
        empty,
        `confluent-kafka==${version}`,
      ]);
    },
  );
  return { command: python, args: ['-B', program], env: { PYTHONPATH: folder } };
}
