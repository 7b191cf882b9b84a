import { layerName } from '../../core/text/names.js';
import type { LayerVerdict } from '../../core/history/verdict.js';
import type { Translate } from '../../core/text/translate.js';
import { h } from '../dom.js';

/** Whether each guarantee held, layer by layer. */
export function layerTable(layers: readonly LayerVerdict[], t: Translate): HTMLElement {
  const numbers = [t('went in'), t('found'), t('lost'), t('doubled')];
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, t('layer')),
          numbers.map((name) => h('th', { scope: 'col', class: 'n' }, name)),
          h('th', { scope: 'col' }, t('at most once')),
          h('th', { scope: 'col' }, t('at least once')),
        ),
      ),
      h(
        'tbody',
        {},
        layers.map((layer) => layerRow(layer, t)),
      ),
    ),
  );
}

function layerRow(layer: LayerVerdict, t: Translate): HTMLElement {
  const flagged = (count: number) => h('td', { class: count > 0 ? 'n bad' : 'n' }, count);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, layerName(layer.layer, t)),
    h('td', { class: 'n' }, layer.entered),
    h('td', { class: 'n' }, layer.found),
    flagged(layer.lost),
    flagged(layer.duplicated),
    h('td', {}, held(layer.atMostOnce, t)),
    h('td', {}, held(layer.atLeastOnce, t)),
  );
}

function held(yes: boolean, t: Translate): HTMLElement {
  return yes
    ? h('span', { class: 'ok' }, `✓ ${t('held')}`)
    : h('span', { class: 'bad' }, `✗ ${t('violated')}`);
}
