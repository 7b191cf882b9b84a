import { assertNever } from '../../core/assert-never.js';
import type { Translate } from '../../core/text/translate.js';
import type { Standing } from '../../shared/lab-report.js';
import { h } from '../dom.js';

/** A sign that differs in shape; the words beside it say the same, so it is hidden from screen readers. */
export function standingSign(standing: Standing): HTMLElement {
  return h('span', { class: `sign ${standing}`, 'aria-hidden': 'true' }, signs[standing]);
}

const signs: Readonly<Record<Standing, string>> = { 'as-expected': '✓', differs: '✗', inconclusive: '?' };

export function standingName(standing: Standing, t: Translate): string {
  switch (standing) {
    case 'as-expected':
      return t('as expected');
    case 'differs':
      return t('not as expected');
    case 'inconclusive':
      return t('inconclusive');
    default:
      return assertNever(standing);
  }
}
