import type { Item } from '../../server/src/topology/scene/scene.ts';
import { itemsToSvg } from '../../server/src/topology/scene/svg.ts';
import { pageTheme, type Theme } from '../../server/src/topology/scene/themes.ts';

const SVG = 'http://www.w3.org/2000/svg';

type Props = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** An HTML element: functions are listeners, true is an attribute without a value, everything else an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export const svgElement = <K extends keyof SVGElementTagNameMap>(tag: K): SVGElementTagNameMap[K] =>
  document.createElementNS(SVG, tag);

/** Items as a picture of their own, invisible to assistive technology. */
export function picture(
  width: number,
  height: number,
  items: readonly Item[],
  theme: Theme = pageTheme(false),
): SVGSVGElement {
  const svg = svgElement('svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.innerHTML = itemsToSvg(items, theme);
  return svg;
}

/** A line icon in the colour of the text around it. */
export function lineIcon(d: string, size = 16): SVGSVGElement {
  const svg = picture(size, size, []);
  svg.setAttribute('viewBox', '0 0 16 16');
  const path = svgElement('path');
  path.setAttribute('d', d);
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '1.3');
  path.setAttribute('stroke-linejoin', 'round');
  svg.append(path);
  return svg;
}
