import type { FindingNote, FixNote, Severity } from '../../../server/src/topology/graph.ts';
import { badgeIcon } from '../../../server/src/topology/scene/icons.ts';
import { h, lineIcon, picture } from '../dom.ts';
import { TOOL_ICONS } from './icons.ts';

const MOST = 12;

export interface PopoverEvents {
  readonly apply: (finding: FindingNote, fix: FixNote) => void;
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
  const fixes = finding.fixes.map((fix) =>
    h(
      'div',
      { class: 'fix' },
      lineIcon(TOOL_ICONS.bulb, 14),
      h('span', {}, fix.title),
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
    ),
  );
  return h(
    'section',
    { class: `finding ${finding.severity}` },
    h('header', {}, icon(finding.severity), h('code', {}, finding.rule)),
    h('p', {}, finding.message),
    ...fixes,
    silence(finding, on),
    ...(finding.place
      ? [
          h(
            'button',
            { type: 'button', class: 'place', click: on.reveal },
            lineIcon(TOOL_ICONS.reveal, 14),
            h('span', {}, finding.place),
          ),
        ]
      : []),
  );
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
