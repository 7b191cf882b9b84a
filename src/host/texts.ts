import * as vscode from 'vscode';
import type { Lessons, ScenarioText, SemanticsText } from '../core/text/lessons.js';
import { translator } from '../core/text/translate.js';
import type { Bundle, Translate } from '../core/text/translate.js';

export type LabLanguage = 'en' | 'fr';

/** The language of the lesson texts: the editor's, where there is a translation, otherwise English. */
export function labLanguage(editorLanguage: string = vscode.env.language): LabLanguage {
  return /^fr\b/i.test(editorLanguage) ? 'fr' : 'en';
}

/** The sentences that the editor itself loaded for its language; they serve the page too, which has none of its own. */
export function editorBundle(): Bundle {
  return vscode.l10n.bundle ?? {};
}

/** `vscode.l10n.t` in the form that the pure modules want; it has overloads, and is not assignable to it. */
export function editorTranslate(): Translate {
  return translator(editorBundle());
}

/** The lesson texts in one language, read from the extension's own files at first use and kept. */
export class LessonTexts {
  private loaded: Promise<Lessons> | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    readonly language: LabLanguage,
  ) {}

  async scenario(id: string): Promise<ScenarioText> {
    return required((await this.lessons()).scenarios[id], id);
  }

  async semantics(id: string): Promise<SemanticsText> {
    return required((await this.lessons()).semantics[id], id);
  }

  private lessons(): Promise<Lessons> {
    return (this.loaded ??= this.read());
  }

  private async read(): Promise<Lessons> {
    const file = vscode.Uri.joinPath(this.extension, 'l10n', `lessons.${this.language}.json`);
    return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as Lessons;
  }
}

function required<T>(text: T | undefined, id: string): T {
  if (text === undefined) throw new Error(`no text for ${id}`);
  return text;
}
