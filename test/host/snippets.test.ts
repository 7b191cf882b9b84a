import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import * as vscode from 'vscode';
import { allSemantics } from '../../src/core/semantics/table.js';
import type { EditorSnippets } from '../../src/core/snippets/library.js';
import { plainText } from '../../src/core/snippets/plain-text.js';
import {
  aliasOf,
  commentLanguages,
  editorLanguages,
  formsOf,
  prefixOf,
  snippetLanguages,
  snippetParts,
  type SnippetId,
} from '../../src/core/snippets/snippet.js';
import { labExtension } from './lab-extension.js';

const ids: readonly SnippetId[] = allSemantics.flatMap(({ id: semantics }) =>
  formsOf(semantics).map((form) => ({ semantics, form })),
);

const insertCommand = 'kafkaLab.insertSnippet';
const wholeAtLeastOnce = { semantics: 'producer.at-least-once', form: 'safe', part: 'program' };

describe('snippets in the editor', () => {
  before(() => labExtension().activate());
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('are in the format that the editor’s own schema of snippets asks for', async () => {
    const schema = await vscode.workspace.openTextDocument(vscode.Uri.parse('vscode://schemas/snippets'));
    const validator = new Ajv({ strict: false });
    // It is of an older draft, which named itself by `id`.
    const { id: _, ...rules } = JSON.parse(schema.getText()) as { readonly id: string };
    const isValid = validator.compile(rules);
    assert.ok(!isValid({ broken: { prefix: 'x', body: 1 } }), 'a schema that everything passes says nothing');
    for (const language of snippetLanguages)
      for (const comments of commentLanguages)
        assert.ok(isValid(await snippetFile(language, comments)), validator.errorsText(isValid.errors));
  });

  for (const [editorLanguage, language] of Object.entries(editorLanguages))
    it(`answer to every prefix and alias in ${editorLanguage}`, async () => {
      const document = await vscode.workspace.openTextDocument({ language: editorLanguage, content: 'k' });
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, 1),
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      for (const id of ids)
        for (const part of snippetParts)
          for (const word of [prefixOf(id, part), aliasOf(id, part)])
            assert.equal(labels.filter((label) => label === word).length, 1, `${word} in ${language}`);
    });

  it('take every stop’s value from the user, bootstrap servers first, in every place at once', async () => {
    const editor = await openDocument('python', '');
    await insertByName('python', 'kafka-pipeline-safe');
    const stops = ['localhost:9092', 'orders', 'receipts', 'order-service', 'order-service-1'];
    for (const stop of stops) {
      assert.deepEqual([...new Set(selectedTexts(editor))], [stop]);
      await typeOver(`my-${stop}`);
      await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    }
    assert.deepEqual(selectedTexts(editor), ['result = value.upper()']);
    const text = editor.document.getText();
    for (const stop of stops) assert.ok(text.includes(`"my-${stop}"`) && !text.includes(`"${stop}"`), stop);
  });

  it('stand in a new document with the text of their source', async () => {
    for (const language of snippetLanguages) {
      const snippets = await snippetFile(language, 'en');
      for (const id of ids) {
        const prefix = prefixOf(id, 'program');
        const editor = await openDocument(language, '');
        await vscode.commands.executeCommand(insertCommand, { ...id, part: 'program' });
        assert.equal(
          editor.document.getText(),
          plainText(snippets[prefix]?.body ?? [], indentationOf(editor)),
          `${prefix} in ${language}`,
        );
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
  });

  it('add what they import once and at its place, follow the document’s indentation, and are undone at once', async () => {
    const before = 'import sys\n\n\ndef main():\n\tif sys.argv:\n\t\t\n';
    const editor = await openDocument('python', before);
    editor.options = { insertSpaces: false, tabSize: 8 };
    editor.selection = new vscode.Selection(5, 2, 5, 2);
    await vscode.commands.executeCommand(insertCommand, { ...wholeAtLeastOnce, part: 'settings' });
    const text = editor.document.getText();
    assert.ok(text.startsWith('import sys\nfrom confluent_kafka import Producer\n\n\ndef main():\n'), text);
    assert.match(text, /\n\t\tproducer = Producer\(\{\n\t\t\t"bootstrap.servers": "localhost:9092",\n/);
    assert.deepEqual([...new Set(selectedTexts(editor))], ['localhost:9092']);
    await vscode.commands.executeCommand(insertCommand, { ...wholeAtLeastOnce, part: 'settings' });
    assert.equal(editor.document.getText().split('import Producer').length, 2, editor.document.getText());
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), before);
  });

  it('keep a document’s line ends', async () => {
    const editor = await openDocument('go', 'package main\r\n\r\n');
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand(insertCommand, wholeAtLeastOnce);
    const text = editor.document.getText();
    assert.ok(!/[^\r]\n/.test(text));
    assert.equal(text.split('package main').length, 2);
    assert.equal(text.split('import (').length, 2);
  });

  it('say so when the document is read-only, and leave it alone', async () => {
    const uri = vscode.Uri.file(path.resolve(vscodeFolder(), '..', 'pipeline', 'course.py'));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const text = document.getText();
    await vscode.commands.executeCommand(insertCommand, wholeAtLeastOnce);
    assert.equal(document.getText(), text);
    assert.ok(!document.isDirty);
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
  });

  it('bring their own document where none is open, in the language that is chosen', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const inserted = vscode.commands.executeCommand(insertCommand, wholeAtLeastOnce);
    const opened = new Promise<vscode.TextDocument>((resolve) => {
      const subscription = vscode.workspace.onDidOpenTextDocument((document) => {
        subscription.dispose();
        resolve(document);
      });
    });
    await untilAccepted(opened);
    await inserted;
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'python');
    assert.ok(document.isUntitled && document.getText().includes('on_delivery=report'), document.getText());
  });

  it('have the comments that the setting asks for', async () => {
    const settings = vscode.workspace.getConfiguration('kafkaLab');
    await settings.update('snippetComments', 'fr', vscode.ConfigurationTarget.Global);
    try {
      const editor = await openDocument('java', '');
      await vscode.commands.executeCommand(insertCommand, wholeAtLeastOnce);
      const french = (await snippetFile('java', 'fr'))['kafka-producer-at-least-once-safe'];
      assert.equal(editor.document.getText(), plainText(french?.body ?? [], indentationOf(editor)));
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        new vscode.Position(0, 0),
      );
      const offered = items.filter(({ label }) => typeof label !== 'string' && label.label === 'kpamo');
      assert.ok(offered.some(({ label }) => typeof label !== 'string' && label.description === 'fr'));
    } finally {
      await settings.update('snippetComments', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

/** The pick list may take a moment to come; accepting nothing does nothing. */
async function untilAccepted(opened: Promise<unknown>): Promise<void> {
  const waiting = setInterval(
    () => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
    200,
  );
  await opened;
  clearInterval(waiting);
}

async function openDocument(language: string, content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  return vscode.window.showTextDocument(document);
}

async function insertByName(langId: string, name: string): Promise<void> {
  await vscode.commands.executeCommand('editor.action.insertSnippet', { langId, name });
}

async function typeOver(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}

function selectedTexts(editor: vscode.TextEditor): readonly string[] {
  return editor.selections.map((selection) => editor.document.getText(selection));
}

function indentationOf({ options }: vscode.TextEditor): string {
  return options.insertSpaces === true ? ' '.repeat(Number(options.tabSize)) : '\t';
}

function vscodeFolder(): string {
  return path.join(labExtension().extensionPath, 'snippets', 'vscode');
}

async function snippetFile(language: string, comments: string): Promise<EditorSnippets> {
  const text = await readFile(path.join(vscodeFolder(), `${language}.${comments}.json`), 'utf8');
  return JSON.parse(text) as EditorSnippets;
}
