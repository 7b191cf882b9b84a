import { translator } from '../../core/text/translate.js';
import type { AskedPosition, FromLogPage, KeptLogPage, LogPage, ToLogPage } from '../../shared/log-page.js';
import { acquireEditor } from '../editor.js';
import { h } from '../dom.js';
import { Parts } from '../parts.js';
import { controls } from './controls.js';
import { logHeader, status } from './header.js';
import { logTable } from './log-table.js';
import type { Format, LogUi } from './log-ui.js';

/** The page of a partition's log: what the host sends becomes a rendering, and what is pressed becomes a wish to the host. */
export function startLog(root: Element): void {
  const editor = acquireEditor<FromLogPage>();
  const frame = makeFrame();
  root.replaceChildren(...Object.values(frame));
  const parts = new Parts();
  let page: LogPage | undefined;
  let ui: LogUi = {
    ...{ t: translator({}), language: 'en', format: 'text', asked: undefined },
    ...{ read, showGroups, setFormat, setAsked },
  };

  function read(from: AskedPosition): void {
    editor.postMessage({ type: 'read', from });
  }
  function showGroups(groups: readonly string[]): void {
    editor.postMessage({ type: 'show-groups', groups });
  }
  function setFormat(format: Format): void {
    ui = { ...ui, format };
    render();
  }
  function setAsked(asked: AskedPosition): void {
    ui = { ...ui, asked };
    render();
  }

  function render(): void {
    if (page === undefined) return;
    const { place, from, log, groups, shownGroups, isReading, problem } = page;
    const kind = (ui.asked ?? from).kind;
    parts.update(frame.header, [place.topic, place.cluster, ui.t], () => page && logHeader(page, ui));
    parts.update(
      frame.controls,
      [kind, from, log?.next, log?.batches[0]?.first, groups, shownGroups, ui.format, ui.t],
      () => page && controls(page, ui),
    );
    parts.update(frame.status, [isReading, problem, log, ui.t], () => page && status(page, ui));
    parts.update(frame.table, [log, groups, shownGroups, ui.format, ui.t], () =>
      page?.log === undefined ? undefined : logTable(page.log, page, ui),
    );
    frame.table.setAttribute('aria-busy', String(isReading));
    const kept: KeptLogPage = { place, from, shownGroups };
    editor.setState(kept);
  }

  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isFromHost(data)) return;
    if (data.type === 'strings') {
      ui = { ...ui, t: translator(data.bundle), language: data.language };
      document.documentElement.lang = data.language;
    } else {
      page = data.page;
      ui = { ...ui, asked: undefined };
      document.title = `${page.place.topic}/${page.place.partition}`;
    }
    render();
  });
  editor.postMessage({ type: 'ready' });
}

/** Other parts of the editor may post messages into the frame too; they are not meant for the page. */
function isFromHost(data: unknown): data is ToLogPage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return data.type === 'strings' || data.type === 'log';
}

/** The status is a live region from the start: one that appears with its text already in it is not announced. */
function makeFrame() {
  return {
    header: h('div'),
    controls: h('div'),
    status: h('div', { role: 'status', 'aria-live': 'polite', class: 'log-status' }),
    table: h('div'),
  };
}
