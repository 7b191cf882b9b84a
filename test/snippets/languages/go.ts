import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../../harness/processes.js';
import { missingForGo } from '../../clients/toolchains/go.js';
import type { Language, Program } from './language.js';

/** The module of the client matrix: the same versions, fetched once. */
const module = path.resolve(import.meta.dirname, '..', '..', 'clients', 'go');

export const goLanguage: Language = {
  language: 'go',
  name: 'Go',
  client: `franz-go ${franzVersion()}`,
  missing: missingForGo,
  slowed: (statement) => `${statement}; pause()`,
  prepare: async (programs, folder) => {
    for (const file of ['go.mod', 'go.sum']) await copyFile(path.join(module, file), path.join(folder, file));
    for (const program of programs) await writePackage(program, folder);
    const asTheyStand = programs.filter(({ slowed }) => !slowed);
    await assertFormatted(asTheyStand, folder);
    await runToEnd('go', ['vet', ...asTheyStand.map(({ key }) => `./${key}`)], { cwd: folder });
    const binaries = path.join(folder, 'binaries');
    await mkdir(binaries);
    await runToEnd('go', ['build', '-o', `${binaries}${path.sep}`, './...'], { cwd: folder });
    const suffix = process.platform === 'win32' ? '.exe' : '';
    return new Map(
      programs.map(({ key }) => [key, { command: path.join(binaries, key + suffix), args: [] }]),
    );
  },
};

async function writePackage({ key, slowed, text }: Program, folder: string): Promise<void> {
  await mkdir(path.join(folder, key));
  await writeFile(path.join(folder, key, 'main.go'), text);
  if (slowed) await writeFile(path.join(folder, key, 'pause.go'), pause);
}

const pause = `package main

import "time"

func pause() { time.Sleep(100 * time.Millisecond) }
`;

async function assertFormatted(programs: readonly Program[], folder: string): Promise<void> {
  const files = programs.map(({ key }) => path.join(folder, key, 'main.go'));
  const otherwise = await runToEnd('gofmt', ['-l', ...files]);
  if (otherwise !== '') throw new Error(`gofmt would write these otherwise:\n${otherwise}`);
}

function franzVersion(): string {
  const [, version = ''] = /franz-go v(\S+)/.exec(readFileSync(path.join(module, 'go.mod'), 'utf8')) ?? [];
  return version;
}
