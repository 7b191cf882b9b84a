/**
 * Turns an English sentence into the learner's language. The sentence is the key, as in `vscode.l10n.t`; `{name}`
 * stands for an argument. `vscode.l10n.t` itself satisfies this type; elsewhere `translator` does.
 */
export type Translate = (message: string, args?: TranslationArguments) => string;

export type TranslationArguments = Readonly<Record<string, string | number>>;

/** Sentence in English → sentence in another language: the content of `l10n/bundle.l10n.<language>.json`. */
export type Bundle = Readonly<Record<string, string>>;

/** A `Translate` over one bundle; a sentence that the bundle lacks stays English. */
export function translator(bundle: Bundle): Translate {
  return (message, args = {}) => fill(bundle[message] ?? message, args);
}

function fill(sentence: string, args: TranslationArguments): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(args[name] ?? placeholder));
}
