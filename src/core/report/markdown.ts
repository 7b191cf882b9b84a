import type { Translate } from '../text/translate.js';
import type { ReportContent, Table } from './content.js';

/** The report in Markdown. Its drawings are files beside it, since Markdown holds none: `pictures` names them in their order. */
export function markdownReport(content: ReportContent, pictures: readonly string[], t: Translate): string {
  const [run = '', ...logs] = pictures;
  const blocks = [
    `# ${plain(content.title)}`,
    `${plain(content.crumb)} · ${plain(content.where)}`,
    content.settings.map((setting) => `\`${setting}\``).join(' '),
    `## ${t('Question and prediction')}`,
    `${plain(content.question)}  \n⚡ ${t('What strikes:')} **${plain(content.strikes)}**`,
    list(content.prediction),
    `## ${t('Verdict')}`,
    `**${plain(content.verdict)}**`,
    list(content.standing),
    table(content.layers),
    table(content.counts),
    list(content.anomalies),
    `## ${t('What happened')}`,
    `⚡ ${plain(content.run.sentence)}`,
    `![${t('Sequence diagram')}](${run})`,
    `### ${plain(content.knows.title)}`,
    list(content.knows.lines),
    `### ${t('What is true')}`,
    list(content.truth),
    `### ${t('What is true in the end')}`,
    list(content.trueInTheEnd),
    `### ${t('The log in the end, as read by read_committed')}`,
    ...content.logs.map(({ title }, index) => `![${title}](${logs[index] ?? ''})`),
    `## ${t('Why')}`,
    plain(content.why),
    list(content.guarantees),
    list(content.sources),
    `## ${t('In my own words')}`,
    content.words === '' ? `*${t('What happened, and why?')}*` : quoted(content.words),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${plain(line)}`).join('\n');
}

function table({ heads, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return plain(text).replaceAll('|', String.raw`\|`);
}

/** What a message or a name holds is no markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]#]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}

/** What the learner has written is his own, markup included; as a quotation it cannot end the section. */
function quoted(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
}
