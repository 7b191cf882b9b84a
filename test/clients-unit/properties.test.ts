import assert from 'node:assert/strict';
import { parseProperties } from '../../src/clients/properties/properties.js';

describe('a properties file', () => {
  it('separates keys and values by =, by : or by white space', () => {
    assert.deepEqual(valuesOf('a=1\nb:2\nc 3\nd = 4\ne\t:\t5\nf'), {
      a: '1',
      b: '2',
      c: '3',
      d: '4',
      e: '5',
      f: '',
    });
  });

  it('keeps = and : that stand in a value', () => {
    assert.deepEqual(valuesOf('bootstrap.servers=one:9092,two:9092\nlogin=a="b"'), {
      'bootstrap.servers': 'one:9092,two:9092',
      login: 'a="b"',
    });
  });

  it('skips comments and blank lines, also indented ones', () => {
    assert.deepEqual(valuesOf('# one\n! two\n\n   # three\nkey=value # not a comment'), {
      key: 'value # not a comment',
    });
  });

  it('joins a line that ends in a backslash with the next one, without its indentation', () => {
    assert.deepEqual(valuesOf('login=Module required \\\n    user="a" \\\n    password="b";\nnext=1'), {
      login: 'Module required user="a" password="b";',
      next: '1',
    });
  });

  it('takes what continues a line as value even if it begins like a comment', () => {
    assert.deepEqual(valuesOf('a=1\\\n#2'), { a: '1#2' });
  });

  it('does not continue a line that ends in an escaped backslash', () => {
    assert.deepEqual(valuesOf('path=C:\\\\\nnext=1'), { path: 'C:\\', next: '1' });
  });

  it('does not continue a comment', () => {
    assert.deepEqual(valuesOf('# comment \\\nkey=1'), { key: '1' });
  });

  it('undoes escapes, in keys too', () => {
    assert.deepEqual(valuesOf('a\\ b\\=c=\\ttab\\nline\\u00e9\\q'), { 'a b=c': '\ttab\nlineéq' });
  });

  it('keeps the last of two values, and knows the line of each key', () => {
    const properties = parseProperties('\r\na=1\r\nb=2\\\r\n  3\r\na=4');
    assert.deepEqual(properties.get('a'), { value: '4', line: 5 });
    assert.deepEqual(properties.get('b'), { value: '23', line: 3 });
  });
});

function valuesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...parseProperties(text)].map(([key, { value }]) => [key, value]));
}
