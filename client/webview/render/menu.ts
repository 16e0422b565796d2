import { h, lineIcon } from '../dom.ts';
import { TOOL_ICONS } from './icons.ts';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, for people: `X`. */
  readonly key?: string;
  /** Set on what is switched on and off. */
  readonly checked?: boolean;
  /** What it would do cannot be done now. */
  readonly disabled?: boolean;
  /** Starts a new group. */
  readonly apart?: boolean;
  readonly run: () => void;
}

/**
 * Opens a menu with its corner at a spot of the page, wholly in sight. Arrows, Home, End, first letters, Enter and Escape as in every menu;
 * closed in any way, the keyboard goes back to where it was.
 */
export function openMenu(
  root: HTMLElement,
  label: string,
  at: { readonly x: number; readonly y: number },
  items: readonly MenuItem[],
): void {
  root.querySelector('.menu')?.dispatchEvent(new Event('dismiss'));
  const before = document.activeElement;
  const close = (giveBack: boolean): void => {
    removeEventListener('pointerdown', outside, true);
    removeEventListener('blur', dismiss);
    element.remove();
    if (giveBack && before instanceof HTMLElement) before.focus();
  };
  const dismiss = (): void => close(false);
  const outside = (event: Event): void => {
    if (event.target instanceof Node && !element.contains(event.target)) close(false);
  };
  const choose = (item: MenuItem): void => {
    if (item.disabled) return;
    close(true);
    item.run();
  };
  const rows = items.map((item) =>
    h(
      'div',
      {
        class: item.apart ? 'item apart' : 'item',
        role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        tabindex: '-1',
        ...(item.checked === undefined ? {} : { 'aria-checked': String(item.checked) }),
        ...(item.disabled ? { 'aria-disabled': 'true' } : {}),
        click: () => choose(item),
        pointermove: (event) => (event.currentTarget as HTMLElement).focus(),
      },
      h('span', { class: 'check', 'aria-hidden': 'true' }, ...(item.checked ? [lineIcon(TOOL_ICONS.check, 12)] : [])),
      h('span', { class: 'label' }, item.label),
      ...(item.key ? [h('kbd', { 'aria-hidden': 'true' }, item.key)] : []),
    ),
  );
  const element = h('div', { class: 'menu', role: 'menu', 'aria-label': label }, ...rows);
  element.addEventListener('dismiss', dismiss);
  element.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const here = rows.indexOf(document.activeElement as HTMLDivElement);
    const go = (to: number): void => rows.at(to % rows.length)?.focus();
    const item = items[here];
    if (event.key === 'ArrowDown') go(here + 1);
    else if (event.key === 'ArrowUp') go(here <= 0 ? -1 : here - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if ((event.key === 'Enter' || event.key === ' ') && item) choose(item);
    else {
      const next = [...items.keys()]
        .map((i) => (here + 1 + i) % items.length)
        .find((i) => items[i]?.label.toLowerCase().startsWith(event.key.toLowerCase()));
      if (next === undefined) return;
      go(next);
    }
    event.preventDefault();
  });
  root.append(element);
  const x = Math.max(4, Math.min(at.x, document.body.clientWidth - element.offsetWidth - 4));
  const y = Math.max(4, Math.min(at.y, document.body.clientHeight - element.offsetHeight - 4));
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
  addEventListener('pointerdown', outside, true);
  addEventListener('blur', dismiss);
  rows.find((_, i) => !items[i]?.disabled)?.focus();
}
