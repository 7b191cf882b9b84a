import assert from 'node:assert/strict';
import { wrapped } from '../../src/cli/cells.js';
import { inOrder } from '../../src/cli/in-order.js';
import { languageOf } from '../../src/cli/language.js';
import { wantsColour } from '../../src/cli/terminal.js';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';

describe('colours', () => {
  it('are for a terminal', () => {
    assert.equal(wantsColour(true, {}), true);
    assert.equal(wantsColour(false, {}), false);
    assert.equal(wantsColour(true, { TERM: 'dumb' }), false);
  });

  it('are off under NO_COLOR, whatever else is said, unless it is empty', () => {
    assert.equal(wantsColour(true, { NO_COLOR: '1' }), false);
    assert.equal(wantsColour(true, { NO_COLOR: '0', FORCE_COLOR: '1' }), false);
    assert.equal(wantsColour(true, { NO_COLOR: '' }), true);
  });

  it('can be forced into a pipe, and off', () => {
    assert.equal(wantsColour(false, { FORCE_COLOR: '1' }), true);
    assert.equal(wantsColour(false, { FORCE_COLOR: '' }), true);
    assert.equal(wantsColour(true, { FORCE_COLOR: '0' }), false);
  });
});

describe('the language', () => {
  it('is the one that is asked for', () => {
    assert.equal(languageOf(['run', '--lang', 'fr'], { LANG: 'en_US.UTF-8' }), 'fr');
    assert.equal(languageOf(['run', '--lang=en'], { LANG: 'fr_FR.UTF-8' }), 'en');
  });

  it('is else the locale’s, in the order of POSIX', () => {
    assert.equal(languageOf([], { LANG: 'fr_CA.UTF-8' }), 'fr');
    assert.equal(languageOf([], { LC_ALL: 'C', LANG: 'fr_FR.UTF-8' }), 'en');
    assert.equal(languageOf([], { LC_ALL: '', LC_MESSAGES: 'fr_FR', LANG: 'en_GB' }), 'fr');
    assert.equal(languageOf([], { LANG: 'fy_NL' }), 'en');
    assert.equal(languageOf([], { LANG: 'fr' }), 'fr');
    assert.equal(languageOf([], {}), 'en');
  });
});

describe('a cell of a table', () => {
  const plain = (text: string): string => text;

  it('is broken at spaces, and nowhere else', () => {
    const lines = wrapped([{ text: 'one two three-and-four five', paint: plain }], 8);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['one two', 'three-and-four', 'five'],
    );
  });

  it('keeps a French colon with its word', () => {
    const lines = wrapped([{ text: 'le verdict\u00A0: rien', paint: plain }], 11);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['le', 'verdict\u00A0:', 'rien'],
    );
  });
});

describe('reports that come in any order', () => {
  it('are passed on in the order of the catalogue, each as soon as it can be', () => {
    const scenarios = coreScenarios.slice(0, 4);
    const passed: string[] = [];
    const take = inOrder(scenarios, ({ scenario }: { readonly scenario: (typeof scenarios)[number] }) => {
      passed.push(scenario.id);
    });
    const seen = [2, 0, 1, 3].map((index) => {
      const scenario = scenarios[index];
      assert.ok(scenario !== undefined);
      take({ scenario });
      return passed.length;
    });
    assert.deepEqual(seen, [0, 1, 3, 4]);
    assert.deepEqual(
      passed,
      scenarios.map(({ id }) => id),
    );
  });
});
