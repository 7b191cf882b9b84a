import type { PageView, PlaySpeed } from '../../shared/page.js';
import { playSpeeds } from '../../shared/page.js';
import { button, dropdown } from '../components.js';
import { h } from '../dom.js';
import type { Child } from '../dom.js';
import { segments } from '../segments.js';
import type { Ui } from '../ui.js';
import { momentOf, type StageModel } from './model.js';

/** Steps back and on, plays, and jumps to what matters. */
export function stageControls(model: StageModel, view: PageView, playing: boolean, ui: Ui): readonly Child[] {
  const { t, dispatch } = ui;
  const { stop, stops } = model;
  const go = (label: string, name: string, to: number, disabled: boolean) =>
    iconButton({ label, name, disabled, onPress: () => lookAt(model, to, ui) });
  const last = stops.length - 1;
  return [
    go('|◀', t('First step'), 0, stop === 0),
    go('◀', t('Step back'), stop - 1, stop === 0),
    go('▶', t('Step on'), model.next, model.isEnd),
    go('▶|', t('Last step'), last, stop === last),
    button({
      label: playing ? t('Pause') : t('Play'),
      focus: 'play',
      onPress: () => dispatch({ type: 'play', playing: !playing }),
    }),
    dropdown<PlaySpeed>({
      label: t('Speed'),
      focus: 'speed',
      value: view.speed,
      choices: playSpeeds.map((speed) => ({ value: speed, label: speedName(speed, ui) })),
      onChoice: (speed) => dispatch({ type: 'speed', speed }),
    }),
    h('span', { class: 'dim counter' }, t('step {at} of {count}', { at: stop + 1, count: stops.length })),
    h('span', { class: 'jumps' }, jumps(model, view, ui)),
  ];
}

/** Goes to a stop; outside of the run's ends nothing happens. */
export function lookAt(model: StageModel, stop: number, { dispatch }: Ui): void {
  const moment = momentOf(model, stop);
  if (moment !== undefined) dispatch({ type: 'look', moment });
}

interface IconButton {
  readonly label: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** Stays in the tab order when it can do nothing: a disabled button would lose the focus at the last press. */
function iconButton({ label, name, disabled, onPress }: IconButton): HTMLElement {
  return h(
    'button',
    {
      class: 'icon',
      type: 'button',
      title: name,
      'aria-label': name,
      'aria-disabled': String(disabled),
      'data-focus': `step/${label}`,
      onclick: () => {
        if (!disabled) onPress();
      },
    },
    h('span', { 'aria-hidden': 'true' }, label),
  );
}

function jumps(
  { timeline }: StageModel,
  { phase }: PageView,
  { t, dispatch }: Ui,
): readonly (HTMLElement | undefined)[] {
  const { fault, firstAnomaly } = timeline.jumps;
  const jump = (label: string, focus: string, step: number | undefined) => {
    const seq = step === undefined ? undefined : timeline.steps[step]?.event.seq;
    if (seq === undefined) return undefined;
    return button({ label, focus, onPress: () => dispatch({ type: 'show-step', phase, seq }) });
  };
  return [
    jump(t('⚡ The fault'), 'step-fault', fault),
    jump(t('⚠ First anomaly'), 'step-anomaly', firstAnomaly),
  ];
}

function speedName(speed: PlaySpeed, { t }: Ui): string {
  switch (speed) {
    case 'slow':
      return t('slow');
    case 'normal':
      return t('normal');
    case 'fast':
      return t('fast');
  }
}

/** Which of the two runs the stage shows. */
export function phaseChoice({ phase }: PageView, { t, dispatch }: Ui): HTMLElement {
  return segments({
    label: t('Which run'),
    focus: 'stage-phase',
    value: phase,
    choices: [
      { value: 'fault', label: t('with the fault') },
      { value: 'control', label: t('control') },
    ],
    onChoice: (chosen) => dispatch({ type: 'choose-phase', phase: chosen }),
  });
}
