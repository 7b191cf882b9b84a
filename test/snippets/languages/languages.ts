import { goLanguage } from './go.js';
import { javaLanguage } from './java.js';
import { javascriptLanguage } from './javascript.js';
import type { Language } from './language.js';
import { pythonLanguage } from './python.js';

/** In the order of the table. */
export const languages: readonly Language[] = [pythonLanguage, javascriptLanguage, javaLanguage, goLanguage];
