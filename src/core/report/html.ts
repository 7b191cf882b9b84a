import { element, raw, svgText, type Markup } from '../timeline/markup.js';
import type { Translate } from '../text/translate.js';
import type { ReportContent, Table } from './content.js';

export interface HtmlOptions {
  readonly language: string;
  /** The style sheet of the drawings (media/diagram.css) and the report's own (media/report.css). */
  readonly styles: string;
  readonly t: Translate;
}

/** The report as one HTML file that loads nothing; the learner's words can be written into it and saved with it. */
export function htmlReport(content: ReportContent, { language, styles, t }: HtmlOptions): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, svgText(content.title)),
    element('style', {}, raw(styles)),
  );
  const body = element('body', {}, element('main', {}, ...sections(content, t)));
  return `<!doctype html>\n${element('html', { lang: language }, head, body)}\n`;
}

function sections(content: ReportContent, t: Translate): readonly Markup[] {
  return [
    ...opening(content),
    section(
      t('Question and prediction'),
      paragraph(content.question),
      paragraph(`⚡ ${t('What strikes:')} ${content.strikes}`),
      list(content.prediction),
    ),
    section(
      t('Verdict'),
      element('p', { class: 'verdict' }, svgText(content.verdict)),
      list(content.standing),
      table(content.layers),
      table(content.counts),
      list(content.anomalies),
    ),
    happened(content, t),
    section(t('Why'), paragraph(content.why), list(content.guarantees), list(content.sources)),
    ownWords(content, t),
  ];
}

function opening({ crumb, title, where, settings }: ReportContent): readonly Markup[] {
  return [
    element('p', { class: 'dim' }, svgText(crumb)),
    element('h1', {}, svgText(title)),
    element('p', { class: 'dim' }, svgText(where)),
    element('p', {}, ...settings.map((setting) => element('code', {}, svgText(setting)))),
  ];
}

/** The drawings come from `core/timeline`, which escapes every text in them. */
function happened({ run, knows, truth, trueInTheEnd, logs }: ReportContent, t: Translate): Markup {
  return section(
    t('What happened'),
    paragraph(`⚡ ${run.sentence}`),
    element('div', { class: 'picture' }, raw(run.svg)),
    element(
      'div',
      { class: 'knowledge' },
      element('div', {}, element('h3', {}, svgText(knows.title)), list(knows.lines)),
      element('div', {}, element('h3', {}, svgText(t('What is true'))), list(truth)),
    ),
    element('h3', {}, svgText(t('What is true in the end'))),
    list(trueInTheEnd),
    element('h3', {}, svgText(t('The log in the end, as read by read_committed'))),
    ...logs.map(({ title, svg }) =>
      element('figure', {}, element('figcaption', {}, svgText(title)), raw(svg)),
    ),
  );
}

function ownWords({ words }: ReportContent, t: Translate): Markup {
  const place = {
    class: 'words',
    contenteditable: 'true',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': t('In my own words'),
  };
  return section(
    t('In my own words'),
    element('p', { class: 'dim' }, svgText(t('What happened, and why?'))),
    element('div', place, svgText(words === '' ? '\u00A0' : words)),
  );
}

function section(title: string, ...content: readonly Markup[]): Markup {
  return element('section', {}, element('h2', {}, svgText(title)), ...content);
}

function paragraph(text: string): Markup {
  return element('p', {}, svgText(text));
}

function list(lines: readonly string[]): Markup {
  return element('ul', {}, ...lines.map((line) => element('li', {}, svgText(line))));
}

function table({ heads, rows }: Table): Markup {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, svgText(text))));
  const body = rows.map((cells) =>
    element('tr', {}, ...cells.map((text) => element('td', {}, svgText(text)))),
  );
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}
