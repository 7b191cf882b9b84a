import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../../harness/cache.js';
import { missingForKafka } from '../../harness/kafka-jars.js';
import { runToEnd } from '../../harness/processes.js';
import type { Command } from '../clients.js';

const sources = path.resolve(import.meta.dirname, '..', 'java');

export const missingForJava = missingForKafka;

/** The sources compiled against one release of kafka-clients, with a compiler that is a jar: a JRE is enough. */
export async function javaProgram(version: string): Promise<Command> {
  const jars = await javaLibraries(version);
  const files = readdirSync(sources).map((name) => path.join(sources, name));
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const classes = await cached(
    `clients-java-${version}-classes-${hash.digest('hex').slice(0, 12)}`,
    `Compiling for kafka-clients ${version}`,
    async (empty) => {
      const compiler = jars.find((jar) => path.basename(jar).startsWith('ecj-')) ?? '';
      const options = ['-17', '-nowarn', '-proc:none', '-d', empty, '-cp', jars.join(path.delimiter)];
      await runToEnd('java', ['-jar', compiler, ...options, ...files]);
    },
  );
  const classPath = [classes, ...jars].join(path.delimiter);
  const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'];
  return { command: 'java', args: [...quickStart, '-cp', classPath, 'Program'] };
}

/** kafka-clients of that version with what it needs, and the compiler: paths of jars. */
export async function javaLibraries(version: string): Promise<readonly string[]> {
  const describe = `Fetching kafka-clients ${version} (Maven)`;
  const folder = await cached(`clients-java-${version}`, describe, async (empty) => {
    await writeFile(path.join(empty, 'pom.xml'), pom(version));
    const copy = [
      '-q',
      '-B',
      'dependency:copy-dependencies',
      `-DoutputDirectory=${path.join(empty, 'libs')}`,
    ];
    await runToEnd('mvn', copy, { cwd: empty, shell: process.platform === 'win32' });
  });
  const libraries = path.join(folder, 'libs');
  return readdirSync(libraries).map((name) => path.join(libraries, name));
}

function pom(version: string): string {
  const artifacts = [
    ['org.apache.kafka', 'kafka-clients', version],
    ['org.eclipse.jdt', 'ecj', '3.37.0'],
    ['org.slf4j', 'slf4j-nop', '1.7.36'],
  ] as const;
  const dependencies = artifacts.map(
    ([group, name, release]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${release}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>clients</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>
`;
}
