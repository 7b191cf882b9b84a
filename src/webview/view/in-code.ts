import { isViolation } from '../../core/history/verdict.js';
import { formsOf } from '../../core/snippets/snippet.js';
import type { Translate } from '../../core/text/translate.js';
import type { LabReport } from '../../shared/lab-report.js';
import type { SemanticsCode } from '../../shared/page.js';
import { button } from '../components.js';
import { h } from '../dom.js';
import type { Ui } from '../ui.js';

/** The line that the run was about, in each language, and the way to a program that one can deploy. */
export function inCode(code: SemanticsCode, report: LabReport, { t, post }: Ui): HTMLElement {
  const { semantics, lines } = code;
  const safeForms = formsOf(semantics).filter((form) => form !== 'course');
  const safe = button({
    label: t('Insert the Safe Form…'),
    focus: 'insert-safe',
    // Where there are several, the user chooses.
    onPress: () =>
      post({ type: 'insert-snippet', semantics, ...(safeForms.length === 1 && { form: 'safe' }) }),
  });
  const other = button({
    label: t('Insert Another Form…'),
    focus: 'insert-other',
    onPress: () => post({ type: 'insert-snippet', semantics }),
  });
  return h(
    'section',
    { class: 'code', 'aria-labelledby': 'code-heading' },
    h('h2', { id: 'code-heading' }, heading(code, report, t)),
    h(
      'dl',
      {},
      lines.map(({ language, line }) => [h('dt', {}, language), h('dd', {}, h('code', {}, line))]),
    ),
    h('div', { class: 'row actions' }, safe, other),
  );
}

/** What the line was to this run, as far as the run shows anything. */
function heading(
  { letsHarm, isUsed }: SemanticsCode,
  { conclusive, fault }: LabReport,
  t: Translate,
): string {
  const isViolated = fault.verdict.anomalies.some(isViolation);
  if (!conclusive) return t('The line that it hangs on');
  if (letsHarm) return isViolated ? t('The line to blame') : t('The line that did no harm here');
  if (!isViolated)
    return isUsed ? t('The line that keeps it') : t('The line that keeps it beyond one session');
  return isUsed ? t('The line that is not enough by itself') : t('The line that was missing here');
}
