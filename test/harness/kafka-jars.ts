import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cached, cacheFolder } from './cache.js';
import { runToEnd } from './processes.js';

export type KafkaVersion = '3.9.1' | '4.2.0';

export const kafkaVersions: readonly KafkaVersion[] = ['3.9.1', '4.2.0'];

/** Why no Apache Kafka can be started on this machine, as the end of a sentence; undefined when one can. */
export async function missingForKafka(): Promise<string | undefined> {
  const java = await javaVersion();
  if (java === undefined) return 'there is no Java (17 or later) on the PATH';
  if (java < 17) return `Java ${java} is on the PATH, and Apache Kafka needs 17 or later`;
  if (kafkaVersions.every((version) => existsSync(path.join(cacheFolder(), cacheName(version)))))
    return undefined;
  return (await answers('mvn', ['--version'])) === undefined ? 'there is no Maven on the PATH' : undefined;
}

/** The class path of a release, from Maven artifacts: about 100 jars, 55 MB, kept in the cache. */
export async function kafkaClassPath(version: KafkaVersion): Promise<string> {
  const describe = `Fetching Apache Kafka ${version} (Maven, 55 MB)`;
  const folder = await cached(cacheName(version), describe, async (empty) => {
    await writeFile(path.join(empty, 'pom.xml'), pom(version));
    const copy = [
      '-q',
      '-B',
      'dependency:copy-dependencies',
      `-DoutputDirectory=${path.join(empty, 'libs')}`,
    ];
    await runToEnd('mvn', copy, { cwd: empty, shell: process.platform === 'win32' });
  });
  return path.join(folder, 'libs', '*');
}

function cacheName(version: KafkaVersion): string {
  return `apache-kafka-${version}`;
}

function pom(version: KafkaVersion): string {
  const artifacts = [`org.apache.kafka:kafka_2.13:${version}`, `org.apache.kafka:kafka-tools:${version}`];
  // From 4.0 on no artifact brings an SLF4J binding, and the broker would log nothing.
  if (!version.startsWith('3.')) artifacts.push('org.slf4j:slf4j-simple:1.7.36');
  const dependencies = artifacts.map((artifact) => {
    const [group, name, release] = artifact.split(':');
    return `<dependency><groupId>${group ?? ''}</groupId><artifactId>${name ?? ''}</artifactId><version>${release ?? ''}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>kafka</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>
`;
}

async function javaVersion(): Promise<number | undefined> {
  const printed = await answers('java', ['-XshowSettings:properties', '-version']);
  const version = /java\.specification\.version = (?:1\.)?(\d+)/.exec(printed ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
}

async function answers(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    // Java prints its settings on stderr; --version alone would not name the specification.
    return await runToEnd(command, args, { shell: process.platform === 'win32' }, 'both');
  } catch {
    return undefined;
  }
}
