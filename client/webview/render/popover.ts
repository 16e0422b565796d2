import type { TryFix } from '../../../server/src/protocol/topology.ts';
import type { FindingNote, FixNote, Severity } from '../../../server/src/topology/graph.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from '../dom.ts';
import { changeRows, foundLine } from './changes.ts';
import { TOOL_ICONS } from './icons.ts';

const MOST = 12;

export interface PopoverEvents {
  readonly apply: (finding: FindingNote, fix: FixNote) => void;
  readonly preview: (finding: FindingNote, fix: FixNote) => Promise<TryFix | null>;
  /** What it does is shown in the picture, the popover goes. */
  readonly show: (finding: FindingNote, fix: FixNote) => void;
  /** The popover has become larger. */
  readonly grown: () => void;
  readonly silence: (finding: FindingNote, reason: string) => void;
  readonly reveal: () => void;
  readonly close: () => void;
}

/** The findings of a node: what is wrong, by how much, why it matters, and the fixes. A dialog for assistive technology. */
export function createPopover(name: string, findings: readonly FindingNote[], on: PopoverEvents): HTMLElement {
  const element = h(
    'div',
    { class: 'popover', role: 'dialog', 'aria-label': `Findings on ${name}`, tabindex: '-1' },
    h(
      'button',
      { type: 'button', class: 'tool close', title: 'Close (Esc)', 'aria-label': 'Close', click: on.close },
      lineIcon(TOOL_ICONS.close, 14),
    ),
    ...findings.slice(0, MOST).map((f) => section(f, on)),
    ...(findings.length > MOST
      ? [h('p', { class: 'more' }, `${findings.length - MOST} more in the list of problems`)]
      : []),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      on.close();
      event.preventDefault();
    }
    event.stopPropagation();
  });
  return element;
}

const icon = (severity: Severity): SVGSVGElement => picture(14, 14, badgeIcon(severity, 0, 0, 14));

function section(finding: FindingNote, on: PopoverEvents): HTMLElement {
  return h(
    'section',
    { class: `finding ${finding.severity}` },
    h('header', {}, icon(finding.severity), h('code', {}, finding.rule)),
    h('p', {}, finding.message),
    ...finding.fixes.map((fix) => remedy(finding, fix, on)),
    foot(finding, on),
  );
}

/** A fix in words, with what it would bring about before it is applied. */
function remedy(finding: FindingNote, fix: FixNote, on: PopoverEvents): HTMLElement {
  const title = h('span', { class: 'title' }, fix.title);
  const trial = h('div', { class: 'trial-of-fix', 'aria-live': 'polite' });
  const preview = h('button', { type: 'button', class: 'secondary', click: () => void show() }, 'Preview');
  async function show(): Promise<void> {
    // A plan is more than a list can tell.
    if (fix.id === 'plan') {
      on.show(finding, fix);
      return;
    }
    preview.disabled = true;
    trial.replaceChildren(h('p', {}, '…'));
    const found = await on.preview(finding, fix);
    if (found) title.textContent = found.title;
    trial.replaceChildren(
      ...(found
        ? [
            ...changeRows(found.hosts),
            foundLine(found.findings),
            h('button', { type: 'button', class: 'link', click: () => on.show(finding, fix) }, 'Show in the picture'),
          ]
        : [h('p', {}, 'There is no way to do that now.')]),
    );
    on.grown();
  }
  return h(
    'div',
    { class: 'fix' },
    lineIcon(TOOL_ICONS.bulb, 14),
    title,
    preview,
    h(
      'button',
      {
        type: 'button',
        class: fix.preferred ? 'primary' : 'secondary',
        'data-fix': fix.id,
        click: () => on.apply(finding, fix),
      },
      'Apply',
    ),
    trial,
  );
}

/** Where it stands in the text, and a way to silence it. */
function foot(finding: FindingNote, on: PopoverEvents): HTMLElement {
  const place = finding.place
    ? [
        h(
          'button',
          { type: 'button', class: 'place', click: on.reveal },
          lineIcon(TOOL_ICONS.reveal, 14),
          h('span', {}, finding.place),
        ),
      ]
    : [];
  return h('footer', { class: 'foot' }, ...place, silence(finding, on));
}

/** A finding is silenced with a reason, or not at all. */
function silence(finding: FindingNote, on: PopoverEvents): HTMLElement {
  const input = h('input', { type: 'text', 'aria-label': 'Reason', placeholder: 'because …', required: true });
  const form = h('form', { class: 'silence' }, input, h('button', { type: 'submit', class: 'secondary' }, 'Silence'));
  const open = h('button', { type: 'button', class: 'link' }, 'Silence with a reason…');
  form.hidden = true;
  open.addEventListener('click', () => {
    form.hidden = false;
    open.hidden = true;
    input.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const reason = input.value.trim();
    if (reason) on.silence(finding, reason);
  });
  return h('div', { class: 'silencing' }, open, form);
}
