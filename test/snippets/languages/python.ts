import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached, cacheFolder } from '../../harness/cache.js';
import { runToEnd } from '../../harness/processes.js';
import { missingForPython, python, pythonPackages } from '../../clients/toolchains/python.js';
import type { Language, Program } from './language.js';

const confluentKafka = '2.16.1';
const mypy = '1.18.2';

export const pythonLanguage: Language = {
  language: 'python',
  name: 'Python',
  client: `confluent-kafka ${confluentKafka}`,
  missing: missingForPython,
  slowed: (statement) => `${statement}; __import__("time").sleep(0.1)`,
  prepare: async (programs, folder) => {
    const PYTHONPATH = await pythonPackages(confluentKafka);
    const fileOf = (program: Program): string => path.join(folder, `${program.key}.py`);
    for (const program of programs) await writeFile(fileOf(program), program.text);
    const asTheyStand = programs.filter(({ slowed }) => !slowed);
    const isCourse = ({ id }: Program): boolean => id.form === 'course';
    // The course's forms take a message for one that has a value, a topic and an offset, as the client's types do not.
    await check(asTheyStand.filter(isCourse).map(fileOf), PYTHONPATH, ['--no-strict-optional']);
    await check(asTheyStand.filter((program) => !isCourse(program)).map(fileOf), PYTHONPATH, []);
    return new Map(
      programs.map((program) => [
        program.key,
        { command: python, args: ['-u', '-B', fileOf(program)], env: { PYTHONPATH } },
      ]),
    );
  },
};

async function check(files: readonly string[], packages: string, options: readonly string[]): Promise<void> {
  const checker = await mypyPackage();
  const cache = path.join(cacheFolder(), 'mypy-cache');
  await mkdir(cache, { recursive: true });
  const quiet = ['--cache-dir', cache, '--no-error-summary', '--no-color-output', '--check-untyped-defs'];
  await runToEnd(python, ['-m', 'mypy', ...quiet, ...options, ...files], {
    env: { ...process.env, PYTHONPATH: [checker, packages].join(path.delimiter) },
  });
}

async function mypyPackage(): Promise<string> {
  const tag = (await runToEnd(python, ['-c', 'import sys; print(sys.implementation.cache_tag)'])).trim();
  return cached(`mypy-${mypy}-${tag}`, `Fetching mypy ${mypy} (PyPI)`, async (empty) => {
    const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--no-compile'];
    await runToEnd(python, ['-m', 'pip', 'install', ...quiet, '--target', empty, `mypy==${mypy}`]);
  });
}
