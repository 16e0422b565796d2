import type { Badge, Severity } from '../graph.ts';
import type { Look } from './gauge.ts';

import { type Item, num, path, rect, type Token, text } from './scene.ts';

/** Line icons on a grid of 16, drawn by hand in strokes of 1.2. */
const ICONS = {
  site: 'M2.5 13.5V6L8 2.5 13.5 6v7.5M1.5 13.5h13M5.5 13.5v-5M8 13.5v-5M10.5 13.5v-5',
  cluster: 'M4.5 6.5h9v6h-9zM2.5 10.5v-6h9',
  outside: 'M4.5 12.5a3 3 0 0 1 .2-6 4 4 0 0 1 7.6.8 2.6 2.6 0 0 1-.3 5.2z',
  switch: 'M1.5 4.5h13v7h-13zM4 8h3.2M4 8l1.4-1.4M4 8l1.4 1.4M12 8H8.8M12 8l-1.4-1.4M12 8l-1.4 1.4',
  fabric: 'M2.5 4.5v7l11-7v7z',
  array: 'M2.5 3.5h11v9h-11zM5.5 5.5v5M8 5.5v5M10.5 5.5v5',
  pool: 'M2.5 4.5h11v7h-11zM2.5 8h11',
  datastore: 'M3 4.5C3 2.2 13 2.2 13 4.5v7c0 2.3-10 2.3-10 0zM3 4.5c0 2.3 10 2.3 10 0',
  vm: 'M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13',
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName, x: number, y: number, size: number, stroke: Token): Item {
  return path(moved(ICONS[name], x, y, size / 16), { stroke, width: 1.2, round: true });
}

/** Moves and scales path data. Upper-case commands are absolute; arcs keep their flags. */
export function moved(d: string, x: number, y: number, scale: number): string {
  return d.replace(/([a-zA-Z])([^a-zA-Z]*)/g, (_, command: string, rest: string) => {
    const values = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map((m) => Number(m[0]));
    const absolute = command === command.toUpperCase();
    const kind = command.toLowerCase();
    const out = values.map((v, i) => {
      if (kind === 'a') {
        const k = i % 7;
        if (k >= 2 && k <= 4) return v;
        if (k < 2) return num(v * scale);
        return num(v * scale + (absolute ? (k === 5 ? x : y) : 0));
      }
      const horizontal = kind === 'h' || (kind !== 'v' && i % 2 === 0);
      return num(v * scale + (absolute ? (horizontal ? x : y) : 0));
    });
    return command + out.join(' ');
  });
}

/** The shapes of VS Code's problems: disc with a cross, triangle with a mark, ring with an i. `x`, `y`: upper left corner. */
export function badgeIcon(severity: Severity, x: number, y: number, size: number, hollow = false): Item[] {
  const s = size / 14;
  const p = (d: string): string => moved(d, x, y, s);
  if (hollow && severity !== 'info') {
    const shape = severity === 'error' ? 'M7 1.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 7 1.2z' : 'M7 1.6L13 12.6H1z';
    return [
      path(p(shape), {
        stroke: severity === 'error' ? 'error-icon' : 'warning-icon',
        width: num(1.2 * s),
        round: true,
      }),
    ];
  }
  if (severity === 'error') {
    return [
      path(p('M7 .4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 7 .4z'), { fill: 'error-icon' }),
      path(p('M4.6 4.6l4.8 4.8M9.4 4.6L4.6 9.4'), { stroke: 'on-icon', width: num(1.5 * s) }),
    ];
  }
  if (severity === 'warning') {
    return [
      path(p('M7 .8a.9 .9 0 0 1 .8 .5l5.9 10.9a.9 .9 0 0 1-.8 1.3H1.1a.9 .9 0 0 1-.8-1.3L6.2 1.3A.9 .9 0 0 1 7 .8z'), {
        fill: 'warning-icon',
      }),
      path(p('M7 5v4.2M7 10.6v1.4'), { stroke: 'on-icon', width: num(1.4 * s) }),
    ];
  }
  return [
    path(p('M7 1a6 6 0 1 1 0 12A6 6 0 0 1 7 1z'), { stroke: 'info-icon', width: num(1.3 * s) }),
    path(p('M7 6.2v4.2M7 3.6v1.5'), { stroke: 'info-icon', width: num(1.4 * s) }),
  ];
}

/** One badge per severity with its count from 2, laid out leftwards from `right`. Returns the left end. */
export function badges(
  badge: Badge | undefined,
  right: number,
  cy: number,
  size: number,
  look: Look,
  counts = true,
): { items: Item[]; left: number } {
  const items: Item[] = [];
  let x = right;
  const list: readonly (readonly [Severity, number])[] = badge
    ? [
        ['info', badge.infos],
        ['warning', badge.warnings],
        ['error', badge.errors],
      ]
    : [];
  for (const [severity, count] of list) {
    if (count === 0) continue;
    if (counts && count > 1) {
      const label = String(count);
      const ink: Token = severity === 'error' ? 'ink-critical' : severity === 'warning' ? 'ink-warning' : 'text';
      items.push(text(x, cy + 3.5, label, 10, ink, { bold: true, anchor: 'end', figures: true }));
      x -= Math.ceil(look.face.width(label, 10, true)) + 3;
    }
    items.push(...badgeIcon(severity, x - size, Math.round(cy - size / 2), size, badge?.hollow));
    x -= size + 5;
  }
  return { items, left: x };
}

/** Only the worst severity, without a count. */
export function worstBadge(badge: Badge | undefined, x: number, cy: number, size: number): Item[] {
  if (!badge) return [];
  const severity = badge.errors > 0 ? 'error' : badge.warnings > 0 ? 'warning' : badge.infos > 0 ? 'info' : undefined;
  return severity ? badgeIcon(severity, x, Math.round(cy - size / 2), size, badge.hollow) : [];
}

/** The small square at which a wire meets a node. */
export const port = (x: number, y: number): Item =>
  rect(x - 3, y - 2.5, 6, 5, { r: 1, fill: 'tile', stroke: 'wire', width: 1.2 });
