import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';

const eslint = new ESLint();

/** Lints a text as if it stood in a file of the project. @returns the rules that it breaks */
async function rulesBrokenBy(text: string, file: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.resolve(file) });
  assert.ok(result, `${file} is ignored by the linter`);
  const fatal = result.messages.find((message) => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  return result.messages.map((message) => message.ruleId ?? '');
}

/** A file of src/core that imports assert-never.ts as a value: the other half of a cycle. */
function importerOfAssertNever(): string {
  const names = readdirSync('src/core', { recursive: true, encoding: 'utf8' });
  const importer = names.find(
    (name) =>
      name.endsWith('.ts') &&
      /^import \{ assertNever \} from '.*assert-never\.js'/m.test(
        readFileSync(path.join('src/core', name), 'utf8'),
      ),
  );
  assert.ok(importer, 'nothing in src/core imports assert-never.ts any more: plant the cycle elsewhere');
  return importer;
}

// Each line plants one forbidden import: the file it stands in, and what it names.
const forbidden: readonly (readonly [file: string, imported: string, rule: string])[] = [
  ['src/core/layer.ts', 'node:fs', 'no-restricted-imports'],
  ['src/core/layer.ts', 'kafkajs', 'no-restricted-imports'],
  ['src/core/layer.ts', '../broker/clock.js', 'import-x/no-restricted-paths'],
  ['src/broker/clock.ts', 'kafkajs', 'no-restricted-imports'],
  ['src/broker/clock.ts', 'vscode', 'no-restricted-imports'],
  ['src/broker/clock.ts', '../runner/run.js', 'import-x/no-restricted-paths'],
  ['src/clients/connection-settings.ts', 'kafkajs', 'no-restricted-imports'],
  ['src/clients/connection-settings.ts', '../broker/clock.js', 'import-x/no-restricted-paths'],
  ['src/runner/run.ts', 'vscode', 'no-restricted-imports'],
  ['src/runner/run.ts', '../host/session.js', 'import-x/no-restricted-paths'],
  ['src/cluster/reason.ts', 'vscode', 'no-restricted-imports'],
  ['src/cluster/reason.ts', 'kafkajs', 'no-restricted-imports'],
  ['src/cluster/reason.ts', '../runner/run.js', 'import-x/no-restricted-paths'],
  ['src/cli.ts', './host/session.js', 'import-x/no-restricted-paths'],
  ['src/shared/messages.ts', 'node:path', 'no-restricted-imports'],
  ['src/host/session.ts', 'kafkajs', 'no-restricted-imports'],
  ['src/host/session.ts', '../webview/main.js', 'import-x/no-restricted-paths'],
  ['src/webview/main.ts', '@vscode/webview-ui-toolkit', 'no-restricted-imports'],
  ['src/broker/protocol/record.ts', 'hysnappy', 'no-restricted-imports'],
  ['src/broker/protocol/snappy.ts', 'fzstd', 'no-restricted-imports'],
  ['src/webview/main.ts', '../runner/run.js', 'import-x/no-restricted-paths'],
];

describe('The linter', function () {
  // The first file that is linted loads the whole project into the type checker.
  this.timeout(120_000);

  for (const [file, imported, rule] of forbidden) {
    it(`refuses ${imported} in ${file}`, async () => {
      assert.ok((await rulesBrokenBy(`import '${imported}';\n`, file)).includes(rule));
    });
  }

  it('refuses a forbidden module that is imported dynamically', async () => {
    const text = "export const load = (): Promise<unknown> => import('kafkajs');\n";
    assert.ok((await rulesBrokenBy(text, 'src/runner/run.ts')).includes('no-restricted-syntax'));
  });

  it('allows kafkajs and the toolkit in the one file that each belongs to', async () => {
    assert.deepEqual(await rulesBrokenBy("import 'kafkajs';\n", 'src/clients/kafkajs.ts'), []);
    const toolkit = "import '@vscode/webview-ui-toolkit';\n";
    assert.deepEqual(await rulesBrokenBy(toolkit, 'src/webview/components.ts'), []);
  });

  it('finds a cycle of imports', async () => {
    const importer = importerOfAssertNever().replaceAll(path.sep, '/').replace(/\.ts$/, '.js');
    const broken = await rulesBrokenBy(`import './${importer}';\n`, 'src/core/assert-never.ts');
    assert.ok(broken.includes('import-x/no-cycle'));
  });

  it('refuses time, chance and the globals of an environment in the core', async () => {
    const text = 'export const now = Date.now() + Math.random();\nexport const home = process.cwd();\n';
    const broken = await rulesBrokenBy(text, 'src/core/layer.ts');
    assert.deepEqual(broken.sort(), [
      'no-restricted-globals',
      'no-restricted-properties',
      'no-restricted-properties',
    ]);
  });

  it('refuses a default export, a file of 351 lines and a function of 71', async () => {
    const body = "  console.log('line');\n".repeat(360);
    const text = `export default function long(): void {\n${body}}\n`;
    const broken = await rulesBrokenBy(text, 'src/runner/run.ts');
    for (const rule of ['import-x/no-default-export', 'max-lines', 'max-lines-per-function']) {
      assert.ok(broken.includes(rule), rule);
    }
  });

  it('does not listen to comments that switch rules off', async () => {
    const text = "/* eslint-disable */\nimport 'kafkajs';\n";
    assert.ok((await rulesBrokenBy(text, 'src/core/layer.ts')).includes('no-restricted-imports'));
  });
});
