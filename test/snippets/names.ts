import type { SnippetLanguage } from '../../src/core/snippets/snippet.js';
import type { SnippetSource } from '../../src/core/snippets/source.js';

/** What a program's tab stops are filled with; languages are kept apart, because they run at the same time. */
export interface Names {
  readonly input: string;
  readonly output: string;
  readonly group: string;
  readonly transactionalId: string;
}

export function namesFor(language: SnippetLanguage): Names {
  return {
    input: `orders-${language}`,
    output: `receipts-${language}`,
    group: `order-service-${language}`,
    transactionalId: `order-service-1-${language}`,
  };
}

/** By a tab stop's own value, which says what it is. @throws for one that no snippet has */
export function stopValues({ stops }: SnippetSource, bootstrap: string, names: Names): readonly string[] {
  const values: Readonly<Record<string, string>> = {
    'localhost:9092': bootstrap,
    orders: names.input,
    receipts: names.output,
    'order-service': names.group,
    'order-service-1': names.transactionalId,
  };
  return stops.map((stop) => {
    const value = values[stop];
    if (value === undefined)
      throw new Error(`The tab stop “${stop}” is none of ${Object.keys(values).join(', ')}.`);
    return value;
  });
}
