import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sourceFileOf, type SnippetLanguage } from '../../src/core/snippets/snippet.js';
import { outcomeOf } from './judgement.js';
import { allRuns, brokerKinds, type BrokerKind, type Run } from './lanes.js';
import { languages } from './languages/languages.js';
import type { Proof } from './proof.js';

const page = path.resolve(import.meta.dirname, '..', '..', 'docs', 'snippets.md');
const [begin, end] = ['<!-- proof:begin -->', '<!-- proof:end -->'];

/** What each run has shown: a row for each snippet and what strikes it, a column for each language. */
export class ProofTable {
  private readonly cells = new Map<string, string>();

  add(run: Run, language: SnippetLanguage, broker: BrokerKind, proof: Proof): void {
    this.cells.set(keyOf(run, language, broker), verdictWords(proof));
  }

  get isComplete(): boolean {
    return this.cells.size === allRuns.length * languages.length * brokerKinds.length;
  }

  /** As Markdown, on both brokers at once where they agree. */
  get text(): string {
    const heads = ['snippet', 'struck by', ...languages.map(({ name }) => name)];
    const rows = allRuns.map((run) => [
      snippetOf(run),
      strikeOf(run),
      ...languages.map(({ language }) => this.cell(run, language)),
    ]);
    return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }

  /** Writes it into docs/snippets.md; a run that left something out says too little. */
  async keep(): Promise<void> {
    const { before, after } = await readPage();
    await writeFile(page, [before + begin, '', this.text, '', end + after].join('\n'));
  }

  /** What stands there now. */
  async kept(): Promise<string> {
    return (await readPage()).table;
  }

  private cell(run: Run, language: SnippetLanguage): string {
    const words = brokerKinds.map((broker) => this.cells.get(keyOf(run, language, broker)));
    const [first = '–', ...others] = words.filter((one) => one !== undefined);
    return others.every((other) => other === first) ? first : `${first} ≠ ${others.join(' ≠ ')}`;
  }
}

async function readPage(): Promise<{
  readonly before: string;
  readonly table: string;
  readonly after: string;
}> {
  const text = await readFile(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/snippets.md has no place between ${begin} and ${end}.`);
  const table = text.slice(from + begin.length, to).trim();
  return { before: text.slice(0, from), table, after: text.slice(to + end.length) };
}

function keyOf({ id, trial }: Run, language: SnippetLanguage, broker: BrokerKind): string {
  return [id.semantics, id.form, trial.name, language, broker].join(' ');
}

function snippetOf({ id }: Run): string {
  return sourceFileOf(id, 'python').replace(/\.py$/, '').replace('/', ' · ');
}

function strikeOf({ trial }: Run): string {
  const { name, strike, crashes } = trial;
  if (strike === undefined) return '–';
  const where = strike.moment === 'before' ? 'before the broker does it' : 'done, but not answered';
  const request = `${strike.api} ${strike.nth}`;
  if (crashes === true) return `killed at ${request}, ${where}`;
  return name === 'refused offsets' ? `${request} refused: ILLEGAL_GENERATION` : `${request}: ${name}`;
}

/** In the words of the checker's counts. */
export function verdictWords({ verdict }: Proof): string {
  if (verdict.doubts.length > 0) return 'inconclusive';
  const { lost, doubled } = outcomeOf(verdict);
  const words = [
    ...(lost.length > 0 ? [`${lost.join(', ')} lost`] : []),
    ...(doubled.length > 0 ? [`${doubled.join(', ')} twice`] : []),
  ];
  return words.length > 0 ? words.join(', ') : 'each once';
}
