import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { generatedSnippets } from '../../../scripts/snippets/generate.js';
import { allSnippets, snippetIds } from '../../../scripts/snippets/sources.js';
import { blamedLineOf, textOf } from '../../../src/core/snippets/body.js';
import { aliasOf, prefixOf, snippetLanguages, snippetParts } from '../../../src/core/snippets/snippet.js';

const folder = path.resolve(import.meta.dirname, '..', '..', '..', 'snippets', 'vscode');

describe('The snippets', () => {
  it('in the editor’s format are what their sources say (npm run snippets writes them)', async () => {
    for (const [name, text] of await generatedSnippets())
      assert.equal(await readFile(path.join(folder, name), 'utf8'), text, name);
  });

  it('have prefixes and aliases of their own', () => {
    const words = snippetIds.flatMap((id) =>
      snippetParts.flatMap((part) => [prefixOf(id, part), aliasOf(id, part)]),
    );
    assert.equal(new Set(words).size, words.length);
    assert.equal(words.length, snippetIds.length * snippetParts.length * 2);
  });

  it('exist for every semantics in every language', async () => {
    assert.equal((await allSnippets()).length, snippetIds.length * snippetLanguages.length);
  });

  it('name a line to blame in the course’s form and in no other', async () => {
    for (const { id, file, source } of await allSnippets())
      assert.equal(blamedLineOf(source) !== undefined, id.form === 'course', file);
  });

  it('ask for the bootstrap servers first, then topics, group and transactional id', async () => {
    const order = ['localhost:9092', 'orders', 'receipts', 'order-service', 'order-service-1'];
    for (const { file, source } of await allSnippets()) {
      const { stops } = source;
      assert.deepEqual(
        stops,
        order.filter((stop) => stops.includes(stop)),
        file,
      );
      for (const stop of stops)
        assert.ok(
          source.lines.some(({ kind, text }) => kind === 'code' && text.includes(stop)),
          `${file}: ${stop}`,
        );
    }
  });

  it('say the same in French and in English: as many comments, at the same places', async () => {
    for (const { file, source } of await allSnippets()) {
      const places = (language: 'en' | 'fr'): readonly string[] => {
        const code = source.lines.map((line) => (line.kind === 'code' ? 'code' : line.comments));
        return code.flatMap((one, index) => {
          const isFirst = one === language && code[index - 1] !== language;
          return isFirst ? [String(code.slice(0, index).filter((other) => other === 'code').length)] : [];
        });
      };
      assert.deepEqual(places('fr'), places('en'), file);
    }
  });

  it('are no wider than a line of an editor', async () => {
    for (const { file, source } of await allSnippets())
      for (const comments of ['en', 'fr'] as const)
        for (const line of textOf(source, 'program', comments))
          assert.ok(line.length <= 120, `${file}: ${line}`);
  });
});
