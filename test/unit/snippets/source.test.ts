import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  blamedLineOf,
  filledProgram,
  importsOf,
  snippetBody,
  textOf,
} from '../../../src/core/snippets/body.js';
import { parseSource, SnippetSourceError } from '../../../src/core/snippets/source.js';

const python = `# tab stops: localhost:9092 | orders
# en: Says what it guarantees,
# en: and what not.
# fr: Dit ce qui est garanti.
# region imports
from confluent_kafka import Producer
# endregion

# region settings
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    # en: Nothing is answered.
    # fr: Rien n’est répondu.
    "acks": 0,  # blame
})
# endregion


def price(text: str) -> str:
    return f"\${text} {{}} \\\\ }"


# region pattern
for i in range(10):
    value = f"{i}"  # $0
    producer.produce("orders", value)
    producer.produce("orders", price("orders"))
# endregion
`;

describe('A snippet’s source', () => {
  it('describes itself in both languages, whose lines are joined', () => {
    const { description, stops } = parseSource(python, 'python');
    assert.deepEqual(description, {
      en: 'Says what it guarantees, and what not.',
      fr: 'Dit ce qui est garanti.',
    });
    assert.deepEqual(stops, ['localhost:9092', 'orders']);
  });

  it('gives up its imports and the line to blame', () => {
    const source = parseSource(python, 'python');
    assert.deepEqual(importsOf(source), ['from confluent_kafka import Producer']);
    assert.equal(blamedLineOf(source), '"acks": 0,');
  });

  it('shows the comments of one language and no mark', () => {
    const text = textOf(parseSource(python, 'python'), 'program', 'fr').join('\n');
    assert.match(text, /# Rien n’est répondu\./);
    assert.doesNotMatch(text, /Nothing|region|blame|\$0|# (?:en|fr):/);
  });

  it('fills in each tab stop wherever it stands', () => {
    const text = filledProgram(
      parseSource(python, 'python'),
      ['broker:1', 'payments'],
      (one) => `${one}; wait()`,
    );
    assert.match(text, /"bootstrap.servers": "broker:1"/);
    assert.equal(text.split('"payments"').length, 4);
    assert.match(text, /^ {4}value = f"\{i\}"; wait\(\)$/m);
  });

  const flaws: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ['does not begin with its tab stops', (text) => text.replace('# tab stops', '# stops'), /line 1/],
    ['has a comment in neither language', (text) => text.replace('# en: Nothing', '# Nothing'), /line 12/],
    [
      'has a region that does not end',
      (text) => text.replace(/# endregion\n$/, ''),
      /“pattern” does not end/,
    ],
    ['has nested regions', (text) => text.replace('# endregion\n', ''), /line 8/],
    ['lacks a region', (text) => text.replace('region imports', 'region settings'), /no region “imports”/],
    ['has no place for the user’s own processing', (text) => text.replace('  # $0', ''), /“\$0”, not 0/],
    ['is not described in French', (text) => text.replace(/# fr: Dit.*\n/, ''), /both languages/],
  ];
  for (const [flaw, make, message] of flaws)
    it(`is refused when it ${flaw}`, () => {
      assert.throws(
        () => parseSource(make(python), 'python'),
        (error) => error instanceof SnippetSourceError && message.test(error.message),
      );
    });
});

describe('A snippet’s body in the editor’s syntax', () => {
  const body = snippetBody(parseSource(python, 'python'), 'program', 'en');

  it('shows a tab stop’s value once and repeats it elsewhere', () => {
    assert.ok(body.includes('\t"bootstrap.servers": "${1:localhost:9092}",'));
    assert.ok(body.includes('\tproducer.produce("${2:orders}", value)'));
    assert.ok(body.includes('\tproducer.produce("${2}", price("${2}"))'));
  });

  it('ends at the user’s own processing, with its text as the proposal', () => {
    assert.ok(body.includes('\t${0:value = f"{i\\}"}'));
  });

  it('escapes what the editor would take for its own', () => {
    assert.ok(body.includes('\treturn f"\\${text} {{}} \\\\\\\\ }"'));
  });

  it('of a part stands at the margin', () => {
    const part = snippetBody(parseSource(python, 'python'), 'pattern', 'en');
    assert.equal(part[0], 'for i in range(10):');
    assert.equal(part.length, 4);
  });
});
