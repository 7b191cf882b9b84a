import * as vscode from 'vscode';
import { allSemantics } from '../../core/semantics/table.js';
import { formsOf, snippetParts, type SnippetId } from '../../core/snippets/snippet.js';
import type { LabCatalogue } from '../catalogue.js';
import { tick } from '../first-steps.js';
import { tellError } from '../say.js';
import { commentLanguage } from '../snippets/comment-language.js';
import { insertSnippet } from '../snippets/insert.js';
import type { SnippetPreview } from '../snippets/snippet-preview.js';
import { snippetSteps, type SnippetChoice, type SnippetDraft } from '../snippets/snippet-steps.js';
import type { SnippetStore } from '../snippets/snippet-store.js';
import { chooseTarget, showTarget, type SnippetTarget } from '../snippets/snippet-target.js';
import { askInTurn } from '../steps.js';
import { isTreeNode } from './run-many.js';

export interface InsertSnippetParts {
  readonly catalogue: LabCatalogue;
  readonly snippets: SnippetStore;
  readonly preview: SnippetPreview;
  readonly log: vscode.LogOutputChannel;
}

/**
 * `Insert Semantics Snippet…`. `wanted` is a row of the view, or what somebody's key binding or the lab page names of
 * `semantics`, `form` and `part`; the rest is asked.
 */
export async function insertSemanticsSnippet(parts: InsertSnippetParts, wanted: unknown): Promise<void> {
  const target = await chooseTarget();
  if (target === undefined) return;
  const choice = await choose(parts, target, draftOf(wanted));
  if (choice === undefined) return;
  const editor = await showTarget(target);
  const { language } = target;
  const { body } = await parts.snippets.snippet(choice, choice.part, language, commentLanguage());
  const imports = await parts.snippets.imports(choice, language);
  await insertSnippet(editor, { language, part: choice.part, body, imports });
  tick('hasInserted');
}

async function choose(
  parts: InsertSnippetParts,
  target: SnippetTarget,
  draft: SnippetDraft,
): Promise<SnippetChoice | undefined> {
  try {
    const steps = snippetSteps(parts.catalogue, draft, (choice) => void show(parts, target, choice));
    const chosen = await askInTurn(vscode.l10n.t('Insert Semantics Snippet'), steps, draft);
    if (chosen?.semantics === undefined) return undefined;
    const { semantics, form = 'course', part = 'program' } = chosen;
    return { semantics, form, part };
  } finally {
    await parts.preview.close();
  }
}

/** A preview that fails must not keep anybody from choosing. */
async function show(
  { snippets, preview, log }: InsertSnippetParts,
  { language }: SnippetTarget,
  choice: SnippetChoice,
): Promise<void> {
  try {
    const { body } = await snippets.snippet(choice, choice.part, language, commentLanguage());
    await preview.show(body, language);
  } catch (error) {
    tellError(log, error);
  }
}

function draftOf(wanted: unknown): SnippetDraft {
  if (isTreeNode(wanted)) return { semantics: wanted.section.semantics.id };
  if (typeof wanted !== 'object' || wanted === null) return {};
  const { semantics: id, form: formId, part: partId } = wanted as Record<string, unknown>;
  const semantics = allSemantics.find((one) => one.id === id)?.id;
  if (semantics === undefined) return {};
  const forms: readonly SnippetId['form'][] = formsOf(semantics);
  return {
    semantics,
    form: forms.find((one) => one === formId),
    part: snippetParts.find((one) => one === partId),
  };
}
