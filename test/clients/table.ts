// What the last whole run of the matrix found, as docs/clients.md: node --import=tsx test/clients/table.ts
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { checkTitles, clients } from './clients.js';
import type { Outcome } from './run-program.js';

/** By client, by check: null where both brokers gave the same result, `≠` where not, else why the client cannot do it. */
export type Table = Record<string, Readonly<Record<string, string | null>>>;

const different = '≠';
const kept = path.join('out', 'clients.json');
const page = path.join('docs', 'clients.md');

export function rowOf(
  ours: ReadonlyMap<string, Outcome>,
  theirs: ReadonlyMap<string, Outcome>,
): Table[string] {
  return Object.fromEntries(
    [...theirs].map(([title, outcome]) => {
      if ('unsupported' in outcome) return [title, outcome.unsupported];
      return [title, isDeepStrictEqual(ours.get(title), outcome) ? null : different];
    }),
  );
}

/** Keeps the results of a whole run; one that left a client out says too little. */
export async function writeTable(table: Table): Promise<void> {
  if (!clients.every(({ name }) => name in table)) return;
  await mkdir(path.dirname(kept), { recursive: true });
  await writeFile(kept, JSON.stringify(table));
}

/** Reasons are numbered in the order in which they are met. */
function pageOf(table: Table): string {
  const reasons: string[] = [];
  const cell = (client: string, title: string): string => {
    const reason = table[client]?.[title];
    if (reason === null) return '=';
    if (reason === undefined) return '?';
    if (reason === different) return different;
    if (!reasons.includes(reason)) reasons.push(reason);
    return `– <sup>${reasons.indexOf(reason) + 1}</sup>`;
  };
  const names = clients.map(({ name }) => name);
  const rows = checkTitles.map((title) => [title, ...names.map((name) => cell(name, title))]);
  const lines = [['check', ...names], names.map(() => '---').concat('---'), ...rows];
  return `# Clients

Each client does each check, in a program of its own (\`test/clients\`), against the embedded broker with three nodes and against Apache Kafka
3.9.1. \`=\`: the results are equal, field by field, down to the client's own name of each error. \`–\`: this client cannot do it.
Written by \`node --import=tsx test/clients/table.ts\` after \`npm test -- clients\`.

${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}

${reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n')}

What is compared in each check stands in the programs. A response is lost by a proxy (\`lossy-proxy.ts\`) that takes it after the broker has given it
and then cuts the connection, so that both brokers are met under the same condition; a crash is SIGKILL to a process that is a member.
`;
}

async function main(): Promise<void> {
  if (!existsSync(kept))
    throw new Error(`There is no ${kept} yet: run npm test -- clients, with every client.`);
  const table = JSON.parse(await readFile(kept, 'utf8')) as Table;
  await writeFile(page, pageOf(table));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) void main();
