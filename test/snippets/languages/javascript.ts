import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../../harness/processes.js';
import type { Language, Program } from './language.js';

const repository = path.resolve(import.meta.dirname, '..', '..', '..');

export const javascriptLanguage: Language = {
  language: 'javascript',
  name: 'JavaScript and TypeScript',
  client: `kafkajs ${kafkajsVersion()}`,
  missing: () => Promise.resolve(undefined),
  slowed: (statement) => `${statement} await new Promise((resolve) => setTimeout(resolve, 100));`,
  prepare: async (programs, folder) => {
    // Within the repository, because that is where kafkajs and its types are found.
    const inside = path.join(repository, 'out', 'snippets', path.basename(folder));
    await rm(inside, { recursive: true, force: true });
    await mkdir(inside, { recursive: true });
    for (const { key, text } of programs) await writeFile(path.join(inside, `${key}.mjs`), text);
    await checkTypes(programs, inside);
    return new Map(
      programs.map(({ key }) => [
        key,
        { command: process.execPath, args: [path.join(inside, `${key}.mjs`)], env: { NODE_ENV: '' } },
      ]),
    );
  },
};

/** The same text must hold as a module of JavaScript and as one of TypeScript. */
async function checkTypes(programs: readonly Program[], folder: string): Promise<void> {
  const asTheyStand = programs.filter(({ slowed }) => !slowed);
  for (const { key, text } of asTheyStand) await writeFile(path.join(folder, `${key}.mts`), text);
  const configuration = {
    compilerOptions: {
      ...{ strict: true, noEmit: true, allowJs: true, checkJs: true, skipLibCheck: true },
      ...{ target: 'es2022', module: 'nodenext', types: ['node'] },
    },
    files: asTheyStand.map(({ key }) => `${key}.mts`),
  };
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  await tsc(folder);
  const inJavaScript = { ...configuration, files: asTheyStand.map(({ key }) => `${key}.mjs`) };
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(inJavaScript));
  await tsc(folder);
}

async function tsc(folder: string): Promise<void> {
  const compiler = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  await runToEnd(process.execPath, [compiler, '-p', folder]);
}

function kafkajsVersion(): string {
  const manifest = path.join(repository, 'node_modules', 'kafkajs', 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
