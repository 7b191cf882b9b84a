import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lessons } from '../core/text/lessons.js';
import { translator, type Bundle, type Translate } from '../core/text/translate.js';

export const languages = ['en', 'fr'] as const;

export type Language = (typeof languages)[number];

/** Everything that depends on the language, read once at the start. */
export interface Wording {
  readonly language: Language;
  readonly t: Translate;
  readonly lessons: Lessons;
}

/**
 * `--lang` if it names one of ours, else the locale in POSIX order (an empty variable counts as unset), else English. An
 * unknown `--lang` is refused later, by the argument parser, in the language found here.
 */
export function languageOf(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const asked = languages.find((language) => argv.includes(`--lang=${language}`) || follows(argv, language));
  if (asked !== undefined) return asked;
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '';
  return /^fr\b|^fr_/i.test(locale) ? 'fr' : 'en';
}

function follows(argv: readonly string[], language: Language): boolean {
  return argv.some((argument, index) => argument === '--lang' && argv[index + 1] === language);
}

/** Reads bundle and lessons from the folder `l10n`; English sentences are their own keys and need no bundle. */
export async function readWording(language: Language, folder: string): Promise<Wording> {
  const lessons = await readJson<Lessons>(path.join(folder, `lessons.${language}.json`));
  const bundle =
    language === 'en' ? {} : await readJson<Bundle>(path.join(folder, `bundle.l10n.${language}.json`));
  return { language, t: translator(bundle), lessons };
}

/** Only for files that are shipped with this program; tests hold their content to these types. */
async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
