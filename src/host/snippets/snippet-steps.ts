import * as vscode from 'vscode';
import type { SemanticsId } from '../../core/semantics/semantics.js';
import {
  formsOf,
  prefixOf,
  snippetParts,
  type SnippetForm,
  type SnippetPart,
} from '../../core/snippets/snippet.js';
import type { LabCatalogue } from '../catalogue.js';
import { askForPick, type Place, type Step, type StepAnswer } from '../steps.js';

/** What of a choice is made. */
export interface SnippetDraft {
  readonly semantics?: SemanticsId | undefined;
  readonly form?: SnippetForm | undefined;
  readonly part?: SnippetPart | undefined;
}

export interface SnippetChoice {
  readonly semantics: SemanticsId;
  readonly form: SnippetForm;
  readonly part: SnippetPart;
}

/** Called for what the user has come to, so that it can be shown beside. */
export type ShowChoice = (choice: SnippetChoice) => void;

/** First the semantics, then form and part of it; what was wanted from the start is not asked. */
export function snippetSteps(
  catalogue: LabCatalogue,
  wanted: SnippetDraft,
  show: ShowChoice,
): readonly Step<SnippetDraft>[] {
  return [
    {
      isDue: () => wanted.semantics === undefined,
      ask: (draft, place) => askForSemantics(catalogue, draft, place, show),
    },
    {
      isDue: () => wanted.form === undefined,
      ask: (draft, place) => askForForm(draft, place, show),
    },
  ];
}

interface SemanticsItem extends vscode.QuickPickItem {
  readonly semantics: SemanticsId;
}

async function askForSemantics(
  catalogue: LabCatalogue,
  draft: SnippetDraft,
  place: Place,
  show: ShowChoice,
): Promise<StepAnswer<SnippetDraft>> {
  const items = (await catalogue.sections()).map(({ semantics, text }): SemanticsItem => ({
    label: text.title,
    description: prefixOf({ semantics: semantics.id, form: 'course' }, 'program'),
    detail: text.guarantees,
    semantics: semantics.id,
  }));
  const answer = await askForPick(
    {
      placeholder: vscode.l10n.t('What shall be guaranteed?'),
      items,
      onActive: ({ semantics }) => show({ semantics, form: 'course', part: 'program' }),
    },
    place,
  );
  if (typeof answer === 'string') return answer;
  return { ...draft, semantics: answer.picked[0]?.semantics };
}

interface FormItem extends vscode.QuickPickItem {
  readonly choice?: SnippetChoice;
}

async function askForForm(
  draft: SnippetDraft,
  place: Place,
  show: ShowChoice,
): Promise<StepAnswer<SnippetDraft>> {
  const { semantics = 'producer.at-most-once' } = draft;
  const answer = await askForPick<FormItem>(
    {
      placeholder: vscode.l10n.t('Which form, and what of it?'),
      items: formsOf(semantics).flatMap((form) => formItems(semantics, form)),
      onActive: ({ choice }) => {
        if (choice !== undefined) show(choice);
      },
    },
    place,
  );
  return typeof answer === 'string' ? answer : { ...draft, ...answer.picked[0]?.choice };
}

function formItems(semantics: SemanticsId, form: SnippetForm): readonly FormItem[] {
  const separator = { label: formName(semantics, form), kind: vscode.QuickPickItemKind.Separator };
  const parts = snippetParts.map((part): FormItem => ({
    label: partName(part),
    description: prefixOf({ semantics, form }, part),
    choice: { semantics, form, part },
  }));
  return [separator, ...parts];
}

function formName(semantics: SemanticsId, form: SnippetForm): string {
  switch (form) {
    case 'course':
      return vscode.l10n.t('Course: as short as lecture notes');
    case 'safe':
      return semantics === 'consumer.exactly-once'
        ? vscode.l10n.t('Safe: the result in the same transaction')
        : vscode.l10n.t('Safe: what one would deploy');
    case 'safe-idempotent-effect':
      return vscode.l10n.t('Safe: an effect that refuses repeats');
    case 'safe-offset-with-result':
      return vscode.l10n.t('Safe: the offset stored with the result');
  }
}

function partName(part: SnippetPart): string {
  switch (part) {
    case 'program':
      return vscode.l10n.t('Whole program');
    case 'settings':
      return vscode.l10n.t('Settings');
    case 'pattern':
      return vscode.l10n.t('Commit pattern');
  }
}
