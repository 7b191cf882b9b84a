import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

const page = readFileSync('docs/broker.md', 'utf8');
const snippet = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

describe('docs/broker.md', () => {
  it('has a test of ten lines that passes in somebody else’s project as it stands there', async () => {
    const lines = snippet.slice(snippet.indexOf('test(')).trim().split('\n');
    assert.ok(lines.length <= 10, `${lines.length} lines`);
    const project = await mkdtemp(path.join(tmpdir(), 'lab-embedding-'));
    try {
      await mkdir(path.join(project, 'node_modules'));
      await symlink(process.cwd(), path.join(project, 'node_modules', 'kafka-semantics-lab'));
      await symlink(path.resolve('node_modules/kafkajs'), path.join(project, 'node_modules', 'kafkajs'));
      await writeFile(path.join(project, 'orders.test.js'), snippet);
      const words = ['--preserve-symlinks', '--test', 'orders.test.js'];
      const env = { PATH: process.env['PATH'], KAFKAJS_NO_PARTITIONER_WARNING: '1' };
      const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: project, env });
      assert.match(stdout, /pass 1/);
    } finally {
      await rm(project, { recursive: true, force: true });
    }
  }).timeout(60_000);

  it('names every option and every member', () => {
    for (const name of [...membersOf('EmbeddedBrokerOptions'), ...membersOf('EmbeddedBroker')])
      assert.match(page, new RegExp(`\`${name}[\`(]`), name);
  });

  it('is right that the broker imports nothing of the editor and no Kafka client', () => {
    const allowed = /^(node:|\.{1,2}\/)/;
    const codecs = new Set(Object.keys(codecPackages()));
    for (const file of sourcesBelow('src/broker'))
      for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles)
        assert.ok(allowed.test(fileName) || codecs.has(fileName), `${file} imports ${fileName}`);
  });
});

/** Packages that src/broker may use: compression. */
function codecPackages(): Readonly<Record<string, string>> {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
  const all = Object.entries({ ...dependencies, ...devDependencies });
  return Object.fromEntries(all.filter(([name]) => /snappy|lz4|zstd|fzstd/.test(name)));
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));
}

/** Names that an interface of start-worker.ts declares itself. */
function membersOf(name: string): readonly string[] {
  const file = 'src/broker/start-worker.ts';
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
  );
  // For tests of the TypeScript source alone.
  const members = found?.members.map((member) => member.name?.getText(source) ?? '') ?? [];
  assert.ok(members.length > 3);
  return members.filter((member) => member !== 'execArgv');
}
