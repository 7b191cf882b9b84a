/** A snippet's body as it will stand in a document: tab stops with their values, nothing escaped, tabs as `indentation`. */
export function plainText(body: readonly string[], indentation: string): string {
  const values = new Map<string, string>();
  const lines = body.map((line) =>
    line.replace(
      /\\(.)|\$\{(\d+)(?::((?:\\.|[^\\}])*))?\}/g,
      (_, escaped: string | undefined, stop: string, value?: string) => {
        if (escaped !== undefined) return escaped;
        if (value !== undefined) values.set(stop, value.replaceAll(/\\(.)/g, '$1'));
        return values.get(stop) ?? '';
      },
    ),
  );
  return lines.map((line) => line.replace(/^\t+/, (tabs) => indentation.repeat(tabs.length))).join('\n');
}
