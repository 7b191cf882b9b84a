import { acquireEditor } from './editor.js';
import { startLog } from './log/start-log.js';
import type { FromWebview, ToWebview } from '../shared/messages.js';
import { isKeptPage } from '../shared/page.js';
import { isCalm } from './calm.js';
import { registerComponents } from './components.js';
import { LabPageView } from './page.js';
import { focusOn } from './parts.js';
import { initialState, keptOf, reduce } from './state.js';
import type { Action } from './state.js';

/** Wires editor, state and view: messages and presses become actions, each action a new state, each state a rendering. */
function start(root: Element): void {
  const editor = acquireEditor<FromWebview>();
  const kept = editor.getState();
  let state = initialState(isKeptPage(kept) ? kept : undefined);
  const view = new LabPageView(root, dispatch, (message) => editor.postMessage(message));

  function dispatch(action: Action): void {
    state = reduce(state, action);
    if (state.page !== undefined) editor.setState(keptOf(state));
    view.render(state);
    if (action.type === 'select') showEvent(root, action.seq);
    if (action.type === 'show-step') view.showStage();
  }

  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isFromHost(data)) dispatch(data);
  });
  editor.postMessage({ type: 'ready' });
}

/** Other parts of the editor may post messages into the frame too; they are not meant for the page. */
function isFromHost(data: unknown): data is ToWebview {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return data.type === 'strings' || data.type === 'page';
}

/** Brings a selected event into view and gives it the focus: whoever pressed the witness goes on from there. */
function showEvent(root: Element, seq: number): void {
  focusOn(root, `event/${String(seq)}`);
  const row = root.querySelector(`tr[data-seq="${String(seq)}"]`);
  row?.scrollIntoView({ block: 'center', behavior: isCalm() ? 'instant' : 'smooth' });
}

registerComponents();
const lab = document.getElementById('lab');
if (lab !== null) start(lab);
const log = document.getElementById('log');
if (log !== null) startLog(log);
