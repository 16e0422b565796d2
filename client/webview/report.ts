/**
 * The page of a report in VS Code. The report itself needs no script: this one puts the present one in place of the last, and leads from
 * places to the text.
 */
import type { FromReport, ReportState, ToReport } from '../../server/src/protocol/report.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromReport): void; setState(state: ReportState): void };

const editor = acquireVsCodeApi();
const root = document.querySelector<HTMLElement>('#report');
const style = document.querySelector<HTMLStyleElement>('#style');
const failure = document.querySelector<HTMLElement>('#failure');
let shown = '';

addEventListener('message', ({ data }: MessageEvent<ToReport>) => {
  if (!root || !style || !failure) return;
  failure.hidden = data.type === 'report';
  if (data.type === 'failure') {
    failure.textContent = data.message;
    return;
  }
  editor.setState({ uri: data.uri });
  if (style.textContent !== data.style) style.textContent = data.style;
  if (data.body === shown) return;
  const { scrollX, scrollY } = globalThis;
  shown = data.body;
  // Made by the server, where everything that comes from a text is escaped; the page's policy allows no script but this.
  root.innerHTML = data.body;
  for (const place of root.querySelectorAll<HTMLElement>('[data-at]')) {
    place.tabIndex = 0;
    place.role = 'link';
    place.title = 'Show the text';
  }
  scrollTo(scrollX, scrollY);
});

function show(target: EventTarget | null): boolean {
  const at = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset.at : undefined;
  const [file, line] = (at ?? '').split(':').map(Number);
  if (file === undefined || !line) return false;
  editor.postMessage({ type: 'show', file, line });
  return true;
}

root?.addEventListener('click', ({ target }) => show(target));
root?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && show(event.target)) event.preventDefault();
});
editor.postMessage({ type: 'ready' });
