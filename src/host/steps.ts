import * as vscode from 'vscode';

/** What a step answers: the draft with the user's answer in it, or that they go back, or give up. */
export type StepAnswer<Draft> = Draft | 'back' | 'cancelled';

export interface Step<Draft> {
  /** Whether the step is due, from what was answered before. */
  readonly isDue: (draft: Draft) => boolean;
  readonly ask: (draft: Draft, place: Place) => Promise<StepAnswer<Draft>>;
}

/** Where a question stands in the series. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly canGoBack: boolean;
}

/** Asks one question after the other, with a way back. `undefined`: the user gave up. */
export async function askInTurn<Draft extends object>(
  title: string,
  steps: readonly Step<Draft>[],
  initial: Draft,
): Promise<Draft | undefined> {
  let draft = initial;
  const asked: number[] = [];
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (step?.isDue(draft) !== true) {
      index += 1;
      continue;
    }
    const answer = await step.ask(draft, { title, step: asked.length + 1, canGoBack: asked.length > 0 });
    if (answer === 'cancelled') return undefined;
    if (answer === 'back') index = asked.pop() ?? 0;
    else {
      draft = answer;
      asked.push(index);
      index += 1;
    }
  }
  return draft;
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
  /** What is wrong with an answer; `undefined` for nothing. */
  readonly problemOf?: (value: string) => string | undefined;
}

export async function askForText(
  question: TextQuestion,
  place: Place,
): Promise<StepAnswer<{ readonly text: string }>> {
  const input = vscode.window.createInputBox();
  input.prompt = question.prompt;
  input.value = question.value;
  input.placeholder = question.placeholder ?? '';
  input.password = question.isSecret ?? false;
  const problemOf = question.problemOf ?? (() => undefined);
  input.onDidChangeValue((value) => (input.validationMessage = problemOf(value)));
  return ended(input, place, () => {
    input.validationMessage = problemOf(input.value);
    return input.validationMessage === undefined ? { text: input.value } : undefined;
  });
}

export interface PickQuestion<Item extends vscode.QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly active?: Item | undefined;
  /** Several may be chosen, these first; none is an answer too. */
  readonly selected?: readonly Item[];
  /** Called for each item that the user comes to, before they choose. */
  readonly onActive?: (item: Item) => void;
}

export async function askForPick<Item extends vscode.QuickPickItem>(
  question: PickQuestion<Item>,
  place: Place,
): Promise<StepAnswer<{ readonly picked: readonly Item[] }>> {
  const input = vscode.window.createQuickPick<Item>();
  input.placeholder = question.placeholder;
  input.items = question.items;
  input.matchOnDescription = true;
  input.canSelectMany = question.selected !== undefined;
  if (question.selected !== undefined) input.selectedItems = question.selected;
  if (question.active !== undefined) input.activeItems = [question.active];
  input.onDidChangeActive(([item]) => {
    if (item !== undefined) question.onActive?.(item);
  });
  return ended(input, place, () => ({ picked: input.selectedItems }));
}

/** Shows the question, and resolves when it is answered, left, or gone back from. */
function ended<Answer extends object>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, canGoBack }: Place,
  answer: () => Answer | undefined,
): Promise<StepAnswer<Answer>> {
  input.title = title;
  input.step = step;
  input.ignoreFocusOut = true;
  if (canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    input.onDidAccept(() => {
      const given = answer();
      if (given === undefined) return;
      resolve(given);
      input.dispose();
    });
    input.onDidTriggerButton(() => {
      resolve('back');
      input.dispose();
    });
    input.onDidHide(() => resolve('cancelled'));
    input.show();
  });
}
