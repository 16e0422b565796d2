import type { Group, Item, Scene } from './scene.ts';
import type { Theme } from './themes.ts';

export const escapeXml = (s: string): string =>
  s
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Control characters and halves of characters have no place in XML.
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');

const n = (v: number): string => String(Math.round(v * 100) / 100);

const opacityOf = ({ opacity }: Item): string => (opacity === undefined ? '' : ` opacity="${n(opacity)}"`);

/** One item as an SVG element. Only presentation attributes, no styles: a page may forbid those. */
function itemToSvg(item: Item, theme: Theme): string {
  if (item.t === 'text') {
    const anchor = item.anchor ? ` text-anchor="${item.anchor}"` : '';
    const weight = item.bold ? ' font-weight="600"' : '';
    const names = `t${Math.round(item.size)}${item.figures ? ' n' : ''}`;
    return `<text class="${names}" x="${n(item.x)}" y="${n(item.y)}" font-size="${item.size}"${weight} fill="${theme.paint(item.fill)}"${anchor}${opacityOf(item)}>${escapeXml(item.text)}</text>`;
  }
  const fill = item.fill ? ` fill="${theme.paint(item.fill)}"` : ' fill="none"';
  const stroke = item.stroke ? ` stroke="${theme.paint(item.stroke)}"` : '';
  const width = item.stroke && item.width !== undefined ? ` stroke-width="${n(item.width)}"` : '';
  const dash = item.dash ? ` stroke-dasharray="${item.dash}"` : '';
  const opacity = opacityOf(item);
  if (item.t === 'rect') {
    const r = item.r ? ` rx="${n(item.r)}"` : '';
    return `<rect x="${n(item.x)}" y="${n(item.y)}" width="${n(Math.max(0, item.w))}" height="${n(Math.max(0, item.h))}"${r}${fill}${stroke}${width}${dash}${opacity}/>`;
  }
  const round = item.round ? ' stroke-linejoin="round"' : '';
  return `<path d="${item.d}"${fill}${stroke}${width}${dash}${opacity}${round}/>`;
}

export const itemsToSvg = (items: readonly Item[], theme: Theme): string =>
  items.map((i) => itemToSvg(i, theme)).join('');

/** Stripes of overload, hatch of the failover reserve, and the patterns that stand for colours in high contrast. */
export function defs(theme: Theme): string {
  const pattern = (id: string, size: number, angle: number, inside: string): string =>
    `<pattern id="vdc-${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="rotate(${angle})">${inside}</pattern>`;
  const bar = (w: number, h: number, fill: string): string => `<rect width="${w}" height="${h}" fill="${fill}"/>`;
  const bg = theme.paint('bg');
  const critical = theme.paint('critical');
  const warning = theme.paint('warning');
  const crossed = `${bar(4, 4, bg)}${bar(1.5, 4, critical)}${bar(4, 1.5, critical)}`;
  return [
    '<defs>',
    pattern('stripes', 3, 45, bar(1.7, 3, critical)),
    pattern('stripes-wide', 4, 45, bar(2.2, 4, critical)),
    pattern('hatch', 3.5, -45, bar(1, 3.5, theme.paint('wire'))),
    pattern('gain', 3, 45, bar(1.2, 3, theme.paint('tile'))),
    pattern('hc-warning', 4, 45, `${bar(4, 4, bg)}${bar(2.4, 4, warning)}`),
    pattern('hc-critical', 4, 45, crossed),
    pattern('hc-stripes', 4, 45, `${bar(4, 4, bg)}${bar(2.2, 4, critical)}`),
    '</defs>',
  ].join('');
}

function groupToSvg(group: Group, theme: Theme): string {
  const inside = itemsToSvg(group.items, theme);
  if (!group.node) return `<g>${inside}</g>`;
  const [title = '', ...rest] = group.node.label.split(', ');
  return `<g data-node="${escapeXml(group.node.id)}"><title>${escapeXml(title)}</title><desc>${escapeXml(rest.join(', '))}</desc>${inside}</g>`;
}

/** The whole picture as an SVG file, with the legend below it. */
export function toSvg(
  scene: Scene,
  theme: Theme,
  legend?: { readonly height: number; readonly items: readonly Item[] },
): string {
  const height = scene.height + (legend?.height ?? 0);
  const { width } = scene;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}">`,
    `<title>${escapeXml(scene.title)}</title>`,
    // A page around it has a style and patterns of its own.
    ...(theme.name === 'page'
      ? []
      : [`<style>text{font-family:${theme.font}}.n{font-variant-numeric:tabular-nums}</style>`, defs(theme)]),
    `<rect width="${n(width)}" height="${n(height)}" fill="${theme.paint('bg')}"/>`,
    ...scene.groups.map((g) => groupToSvg(g, theme)),
    legend ? `<g transform="translate(0 ${n(scene.height)})">${itemsToSvg(legend.items, theme)}</g>` : '',
    '</svg>',
  ].join('\n');
}
