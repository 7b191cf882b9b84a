import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allSnippets } from '../../../scripts/snippets/sources.js';
import { importsOf, snippetBody } from '../../../src/core/snippets/body.js';
import { importRules, type Insertion } from '../../../src/core/snippets/imports/imports.js';
import { planInsertion } from '../../../src/core/snippets/insertion.js';
import { plainText } from '../../../src/core/snippets/plain-text.js';
import { snippetParts, type SnippetLanguage } from '../../../src/core/snippets/snippet.js';

describe('Imports are added once and where they belong', () => {
  const cases: readonly {
    readonly what: string;
    readonly language: SnippetLanguage;
    readonly document: string;
    readonly imports: readonly string[];
    readonly becomes: string;
  }[] = [
    {
      what: 'Python: behind the last import, only the names that are missing',
      language: 'python',
      document:
        '#!/usr/bin/env python3\n"""Orders."""\nimport os\nfrom confluent_kafka import Producer\n\nprint(1)',
      imports: ['import sys', 'import os', 'from confluent_kafka import KafkaException, Producer'],
      becomes:
        '#!/usr/bin/env python3\n"""Orders."""\nimport os\nfrom confluent_kafka import Producer\nimport sys\nfrom confluent_kafka import KafkaException\n\nprint(1)',
    },
    {
      what: 'Python: over brackets, with names under another name, behind what comes from the future',
      language: 'python',
      document:
        'from __future__ import annotations\nfrom confluent_kafka import (\n    Consumer,  # reads\n    Producer as P,\n)\nprint(1)',
      imports: ['from confluent_kafka import Consumer, Producer'],
      becomes:
        'from __future__ import annotations\nfrom confluent_kafka import (\n    Consumer,  # reads\n    Producer as P,\n)\nfrom confluent_kafka import Producer\n\nprint(1)',
    },
    {
      what: 'Python: below a docstring of several lines',
      language: 'python',
      document: '"""Orders.\n\nimport nothing\n"""\n\nprint(1)',
      imports: ['import sys'],
      becomes: '"""Orders.\n\nimport nothing\n"""\n\nimport sys\n\nprint(1)',
    },
    {
      what: 'JavaScript: a type alone is no value',
      language: 'javascript',
      document: "// @ts-check\n\nimport type { Kafka } from 'kafkajs';\nrun();",
      imports: ["import { Kafka, logLevel } from 'kafkajs';"],
      becomes:
        "// @ts-check\n\nimport type { Kafka } from 'kafkajs';\nimport { Kafka, logLevel } from 'kafkajs';\n\nrun();",
    },
    {
      what: 'JavaScript: over several lines',
      language: 'javascript',
      document: "import {\n  Kafka,\n} from 'kafkajs';\n\nrun();",
      imports: ["import { Kafka, logLevel } from 'kafkajs';"],
      becomes: "import {\n  Kafka,\n} from 'kafkajs';\nimport { logLevel } from 'kafkajs';\n\nrun();",
    },
    {
      what: 'JavaScript: required where the document requires',
      language: 'javascript',
      document: "'use strict';\nconst { Kafka } = require('kafkajs');\nrun();",
      imports: [
        "import { setTimeout as sleep } from 'node:timers/promises';",
        "import { Kafka, logLevel } from 'kafkajs';",
      ],
      becomes:
        "'use strict';\nconst { Kafka } = require('kafkajs');\nconst { setTimeout: sleep } = require('node:timers/promises');\nconst { logLevel } = require('kafkajs');\n\nrun();",
    },
    {
      what: 'Java: behind the package clause, apart from it; a whole package counts',
      language: 'java',
      document: '/* Orders. */\npackage orders;\n\nclass Orders {}',
      imports: ['import java.util.List;'],
      becomes: '/* Orders. */\npackage orders;\n\nimport java.util.List;\n\nclass Orders {}',
    },
    {
      what: 'Java: a whole package counts',
      language: 'java',
      document: 'import java.util.*;\n\nclass Orders {}',
      imports: ['import java.util.List;', 'import java.time.Duration;'],
      becomes: 'import java.util.*;\nimport java.time.Duration;\n\nclass Orders {}',
    },
    {
      what: 'Go: into the block, the standard library by itself',
      language: 'go',
      document: 'package main\n\nimport (\n\t"context"\n\n\t"github.com/google/uuid"\n)\n\nfunc main() {}',
      imports: [
        'package main',
        'import (',
        '\t"context"',
        '\t"log"',
        '\t"github.com/twmb/franz-go/pkg/kgo"',
        ')',
      ],
      becomes:
        'package main\n\nimport (\n\t"context"\n\t"log"\n\n\t"github.com/google/uuid"\n\t"github.com/twmb/franz-go/pkg/kgo"\n)\n\nfunc main() {}',
    },
    {
      what: 'Go: a block of its own below the clause',
      language: 'go',
      document: 'package main\n\nfunc main() {}',
      imports: ['import (', '\t"log"', '\t"github.com/twmb/franz-go/pkg/kgo"', ')'],
      becomes:
        'package main\n\nimport (\n\t"log"\n\n\t"github.com/twmb/franz-go/pkg/kgo"\n)\n\nfunc main() {}',
    },
    {
      what: 'Go: a package under another name is another one',
      language: 'go',
      document: 'package main\n\nimport kafka "github.com/twmb/franz-go/pkg/kgo"\n\nfunc main() {}',
      imports: ['import (', '\t"github.com/twmb/franz-go/pkg/kgo"', ')'],
      becomes:
        'package main\n\nimport kafka "github.com/twmb/franz-go/pkg/kgo"\nimport (\n\t"github.com/twmb/franz-go/pkg/kgo"\n)\n\nfunc main() {}',
    },
  ];

  for (const { what, language, document, imports, becomes } of cases)
    it(what, () => {
      const rules = importRules[language];
      const text = withInsertions(document, rules.missing(document.split('\n'), imports));
      assert.equal(text, becomes);
      assert.deepEqual(rules.missing(text.split('\n'), imports), []);
    });
});

describe('A snippet that is inserted', () => {
  it('brings every import of its program, and uses each', async () => {
    for (const { file, source } of await allSnippets()) {
      const imports = importsOf(source);
      const { body } = planned(source, 'program', 'x = 1');
      const used = importRules[source.language].used(imports, plainText(body, '\t'));
      assert.deepEqual(
        used.filter((line) => line !== ''),
        imports.filter((line) => line !== 'package main'),
        file,
      );
    }
  });

  it('stands in an empty document as it is, with its description and its imports', async () => {
    for (const { file, source } of await allSnippets()) {
      const body = snippetBody(source, 'program', 'en');
      assert.deepEqual(planned(source, 'program', ' \n').body, body, file);
    }
  });

  it('in part brings only what it uses, above itself in an empty document', async () => {
    const python = (await allSnippets()).find(({ file }) => file === 'producer-exactly-once/safe.py');
    assert.ok(python);
    const { body } = planned(python.source, 'settings', '');
    assert.equal(body[0], 'from confluent_kafka import Producer');
    assert.equal(body[1], '');
    assert.equal(body[2], 'producer = Producer({');
  });

  it('leaves its imports to the document’s head, whatever the language, and asks for them once', async () => {
    const documents: Readonly<Record<SnippetLanguage, string>> = {
      python: 'import os\n\nprint(os.name)',
      javascript: "import os from 'node:os';\n\nconsole.log(os.EOL);",
      java: 'package orders;\n\nclass Orders {}',
      go: 'package main\n\nfunc helper() {}',
    };
    for (const { file, source } of await allSnippets())
      for (const part of snippetParts) {
        const document = documents[source.language];
        const plan = planned(source, part, document);
        const text = withInsertions(document, plan.imports);
        assert.deepEqual(planned(source, part, text).imports, [], `${file} ${part}`);
        const imports = importsOf(source).filter((line) => /^(?:import|from)\b/.test(line));
        assert.ok(!plan.body.some((line) => imports.includes(line)), file);
      }
  });

  it('stands on lines of its own, below the imports wherever the cursor is', () => {
    const order = { language: 'python', part: 'pattern', body: ['run()'], imports: [] } as const;
    const at = (document: readonly string[], line: number, selects = false): unknown => {
      const { body, place } = planInsertion({ ...order, document, cursor: { line, selects } });
      return [place, body];
    };
    const parted = ['import os', '', 'print(1)', ''];
    assert.deepEqual(at(parted, 3), ['cursor', ['run()']]);
    assert.deepEqual(at(parted, 2, true), ['cursor', ['run()']]);
    assert.deepEqual(at(parted, 2), [{ line: 2, at: 'end' }, ['', 'run()']]);
    assert.deepEqual(at(parted, 0), [{ line: 1, at: 'start' }, ['', 'run()']]);
    assert.deepEqual(at(['import os', 'print(1)'], 0), [{ line: 1, at: 'start' }, ['', 'run()', '', '']]);
    assert.deepEqual(at(['import os'], 0), [{ line: 0, at: 'end' }, ['', '', 'run()']]);
  });

  it('is wrapped where a program may not await at its top', async () => {
    const [snippet] = (await allSnippets()).filter(({ language }) => language === 'javascript');
    assert.ok(snippet);
    const { body, imports } = planned(snippet.source, 'program', "const fs = require('node:fs');\n", {
      line: 1,
      selects: false,
    });
    assert.equal(body[0], '(async () => {');
    assert.equal(body.at(-1), '})();');
    assert.ok(
      imports.flatMap(({ lines }) => lines).includes("const { Kafka, logLevel } = require('kafkajs');"),
    );
  });

  it('is shown beforehand as it will read', () => {
    const body = ['send("${1:orders}", "${1}", "\\$x") {', '\t\t${0:print("{\\}")}', '}'];
    assert.equal(plainText(body, '  '), 'send("orders", "orders", "$x") {\n    print("{}")\n}');
  });
});

function planned(
  source: Parameters<typeof importsOf>[0],
  part: 'program' | 'settings' | 'pattern',
  document: string,
  cursor = { line: 0, selects: false },
) {
  const body = snippetBody(source, part, 'en');
  const imports = importsOf(source);
  return planInsertion({
    language: source.language,
    part,
    body,
    imports,
    document: document.split('\n'),
    cursor,
  });
}

function withInsertions(document: string, insertions: readonly Insertion[]): string {
  const lines: string[] = document.split('\n');
  for (const { line, lines: added } of insertions.toReversed()) lines.splice(line, 0, ...added);
  return lines.join('\n');
}
