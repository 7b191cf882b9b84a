/** Markup that is known to be well formed: `element` and `svgText` make it, and `raw` takes what they have made before. */
export type Markup = string & { readonly brand: 'markup' };

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Markup | false)[]
): Markup {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const content = children.filter((child) => child !== false).join('');
  return (empty.has(name) ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`) as Markup;
}

/** Elements that never hold anything. Of all others HTML wants the end too, though XML does not. */
const empty: ReadonlySet<string> = new Set(['line', 'rect', 'circle', 'path', 'meta']);

/** Text of somebody else's history may hold anything; control characters are no XML at all. */
export function svgText(text: string): Markup {
  return escaped(text) as Markup;
}

function escaped(text: string): string {
  return text
    .replace(forbidden, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Everything outside of XML 1.0's `Char` production. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that another part of the lab has made and escaped already, or a style sheet of its own. */
export function raw(markup: string): Markup {
  return markup as Markup;
}
