import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../../harness/processes.js';
import { javaLibraries, missingForJava } from '../../clients/toolchains/java.js';
import type { Language, Program } from './language.js';

const kafkaClients = '3.9.1';

export const javaLanguage: Language = {
  language: 'java',
  name: 'Java',
  client: `kafka-clients ${kafkaClients}`,
  missing: missingForJava,
  // What throws no checked exception can stand anywhere.
  slowed: (statement) => `${statement} java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);`,
  prepare: async (programs, folder) => {
    const jars = await javaLibraries(kafkaClients);
    const classes = new Map<string, string>();
    for (const slowed of [false, true]) {
      const some = programs.filter((program) => program.slowed === slowed);
      classes.set(String(slowed), await compile(some, path.join(folder, String(slowed)), jars));
    }
    return new Map(
      programs.map(({ key, slowed, text }) => {
        const classPath = [classes.get(String(slowed)) ?? '', ...jars].join(path.delimiter);
        return [key, { command: 'java', args: [...quickStart, '-cp', classPath, className(text)] }];
      }),
    );
  },
};

const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx128m'];

/** @returns the folder of the classes; a warning is an error, for a user's editor would underline it */
async function compile(
  programs: readonly Program[],
  folder: string,
  jars: readonly string[],
): Promise<string> {
  const files = programs.map(({ text }) => path.join(folder, `${className(text)}.java`));
  await mkdir(folder, { recursive: true });
  for (const [index, { text }] of programs.entries()) await writeFile(files[index] ?? '', text);
  const classes = path.join(folder, 'classes');
  const compiler = jars.find((jar) => path.basename(jar).startsWith('ecj-')) ?? '';
  const options = ['-17', '-failOnWarning', '-proc:none', '-d', classes, '-cp', jars.join(path.delimiter)];
  await runToEnd('java', ['-jar', compiler, ...options, ...files]);
  return classes;
}

function className(text: string): string {
  const [, name = ''] = /\bclass (\w+)/.exec(text) ?? [];
  return name;
}
