import type { Part } from '../../../server/src/topology/scene/draw.ts';
import type { Described, Item } from '../../../server/src/topology/scene/scene.ts';
import { itemsToSvg } from '../../../server/src/topology/scene/svg.ts';
import type { Theme } from '../../../server/src/topology/scene/themes.ts';
import type { Camera, Size } from '../camera.ts';
import { h, svgElement } from '../dom.ts';
import { wantsNoMotion } from './look.ts';

/** Text under this many pixels on screen is left out. */
const LEAST_TEXT = 7.8;
const TEXT_SIZES = [9, 10, 11, 12, 13, 15];
/** Nodes that may move at once before all of them jump. */
const MOST_MOVED = 200;

/** A layer that is shown smaller than this, over the size it was painted at, is painted again. */
const LEAST_PAINTED = 0.65;

/** Where a picture is drawn that is not shown yet: too far away to be painted. */
const AWAY = -1_000_000;

/** A rectangle of a picture, in its own coordinates. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What of a picture is in sight, with a margin as a share of the view. */
export function sightOf(camera: Camera, view: Size, margin = 0): Sight {
  const [w, h] = [view.w / camera.scale, view.h / camera.scale];
  return {
    x: -camera.x / camera.scale - w * margin,
    y: -camera.y / camera.scale - h * margin,
    w: w * (1 + 2 * margin),
    h: h * (1 + 2 * margin),
  };
}

const touches = (a: Sight, b: Sight): boolean =>
  a.x < b.x + b.w && a.y < b.y + b.h && a.x + a.w > b.x && a.y + a.h > b.y;

const holds = (a: Sight, b: Sight): boolean =>
  a.x <= b.x && a.y <= b.y && a.x + a.w >= b.x + b.w && a.y + a.h >= b.y + b.h;

interface Drawn {
  readonly element: SVGGElement;
  html: string;
  part: Part;
  /** What assistive technology is told of it, once the picture stands still. */
  words: SVGGElement | undefined;
}

/**
 * One level of the picture in the document: parts are drawn as they are asked for. The camera is a CSS transform of the element around the SVG:
 * one of the SVG itself would lay out all its texts in every frame.
 */
export class Picture {
  readonly svg = svgElement('svg');
  readonly #scaled = h('div', {}, this.svg);
  readonly #layer = h('div', {}, this.#scaled);
  readonly element = h('div', { class: 'camera' }, this.#layer);
  readonly #layers: Readonly<Record<'frames' | 'nodes' | 'wires', SVGGElement>>;
  readonly #words = svgElement('g');
  readonly #focus = svgElement('g');
  readonly #overlay = svgElement('g');
  readonly #drawn = new Map<string, Drawn>();
  #theme: Theme;
  #parts: readonly Part[] = [];
  #byKey = new Map<string, Part>();
  #stale = new Set<string>();
  /** All that touches it is drawn. */
  #whole: Sight | undefined;
  #camera: Camera | undefined;
  #unit = 1;
  #isShown = false;
  #isLayer = false;
  /** The scale at which the layer is painted. */
  #painted = 1;
  #shownText = '';
  #shownMarks = '';
  #shownFocus = '';
  #transform = '';

  constructor(theme: Theme) {
    this.#theme = theme;
    const layer = (): SVGGElement => svgElement('g');
    this.#layers = { frames: layer(), nodes: layer(), wires: layer() };
    const { frames, nodes, wires } = this.#layers;
    for (const unheard of [frames, nodes, wires, this.#overlay]) unheard.setAttribute('aria-hidden', 'true');
    this.svg.append(frames, nodes, wires, this.#words, this.#focus, this.#overlay);
    this.element.classList.add('coming');
    // The parts say themselves how large the picture is: what is not drawn has not to be painted.
    for (const side of ['width', 'height']) this.svg.setAttribute(side, '1');
  }

  get camera(): Camera | undefined {
    return this.#camera;
  }

  /** Nothing has been drawn of it. */
  get isBlank(): boolean {
    return this.#drawn.size === 0;
  }

  /** From now on it is seen. */
  reveal(): void {
    this.#isShown = true;
    this.element.classList.remove('coming');
    this.#nameClasses();
    if (this.#camera) this.#place(this.#camera);
  }

  /** While it moves it is a layer that is moved as it was painted. */
  setLayer(isLayer: boolean): void {
    this.#isLayer = isLayer;
    for (const { style } of [this.element, this.#layer]) style.willChange = isLayer ? 'transform' : '';
    this.#paint();
  }

  /**
   * A layer is painted at its natural size at least, however small it is shown. Where that is far too large, it is painted smaller, and its
   * natural size is that: inside it is scaled down, and outside by the inverse.
   */
  #paint(): void {
    const scale = (this.#camera?.scale ?? 1) * this.#unit;
    const by = scale / this.#painted;
    const isFitting = by >= LEAST_PAINTED && (this.#painted === 1 || by <= 1 / LEAST_PAINTED);
    const painted = !this.#isLayer ? 1 : isFitting ? this.#painted : Math.min(1, scale);
    if (painted === this.#painted) return;
    this.#painted = painted;
    this.#scaled.style.transform = painted === 1 ? '' : `scale(${painted})`;
    this.#layer.style.transform = painted === 1 ? '' : `scale(${1 / painted})`;
  }

  /** Those already drawn are replaced where they differ. */
  setParts(parts: readonly Part[]): void {
    this.#parts = parts;
    this.#byKey = new Map(parts.map((p) => [p.key, p]));
    this.#whole = undefined;
    this.#glide();
    for (const [key, drawn] of this.#drawn) {
      if (this.#byKey.has(key)) this.#stale.add(key);
      else this.#remove(key, drawn);
    }
  }

  /** Shows what the camera does. */
  aim(camera: Camera, unit: number): void {
    this.#camera = camera;
    this.#unit = unit;
    const scale = camera.scale * unit;
    const hidden = TEXT_SIZES.filter((s) => s * scale < LEAST_TEXT)
      .map((s) => `no-t${s}`)
      .join(' ');
    if (hidden !== this.#shownText) {
      this.#shownText = hidden;
      this.#nameClasses();
    }
    this.#place(camera);
  }

  /** Goes along with another picture whose camera moved. Its texts stay as they are: it is not going to be read. */
  follow(from: Camera, to: Camera): void {
    const own = this.#camera;
    if (!own) return;
    const by = to.scale / from.scale;
    this.#camera = { ...own, scale: own.scale * by, x: to.x + (own.x - from.x) * by, y: to.y + (own.y - from.y) * by };
    this.#place(this.#camera);
  }

  #place({ x, y, scale }: Camera): void {
    // All texts of a picture are laid out at one scale: those of each scale take a font of their own.
    if (!this.#isShown && this.#transform) return;
    const place = this.#isShown ? `${x * this.#unit}px, ${y * this.#unit}px` : `${AWAY}px`;
    const transform = `translate(${place}) scale(${scale * this.#unit})`;
    if (this.#transform === transform) return;
    this.#transform = transform;
    this.element.style.transform = transform;
    this.#paint();
  }

  #nameClasses(): void {
    this.svg.setAttribute('class', [this.#isShown ? 'scene' : '', this.#shownText].filter(Boolean).join(' '));
  }

  setOverlay(items: readonly Item[], focus: string): void {
    const html = itemsToSvg(items, this.#theme);
    if (this.#shownMarks !== html) this.#overlay.innerHTML = html;
    this.#shownMarks = html;
    if (this.#shownFocus !== focus) this.#focus.innerHTML = focus;
    this.#shownFocus = focus;
  }

  /** Draws what is missing or stale of what touches `sight`, until a moment of `performance.now()`; answers whether nothing is left. */
  draw(sight: Sight, end: number): boolean {
    if (this.#whole && holds(this.#whole, sight)) return true;
    for (const part of this.#parts) {
      if (!touches(part, sight)) continue;
      const drawn = this.#drawn.get(part.key);
      if (drawn && !this.#stale.has(part.key)) continue;
      this.#draw(part, drawn);
      if (performance.now() > end) return false;
    }
    this.#whole = sight;
    return true;
  }

  /** Takes out what does not touch `sight`. */
  prune(sight: Sight): void {
    for (const [key, drawn] of this.#drawn) {
      if (!touches(drawn.part, sight)) this.#remove(key, drawn);
    }
    if (this.#whole && !holds(sight, this.#whole)) this.#whole = undefined;
  }

  /** Puts what is drawn in words; answers whether nothing is left. */
  name(end: number): boolean {
    for (const drawn of this.#drawn.values()) {
      const { part } = drawn;
      if (drawn.words || !part.describe) continue;
      drawn.words = treeItem(part.describe(), part);
      this.#words.append(drawn.words);
      if (performance.now() > end) return false;
    }
    return true;
  }

  #remove(key: string, { element, words }: Drawn): void {
    element.remove();
    words?.remove();
    this.#drawn.delete(key);
    this.#stale.delete(key);
  }

  /** What an edit moved goes to its new place, unless that is too much to follow or the person wants no motion. */
  #glide(): void {
    if (!this.#isShown || wantsNoMotion()) return;
    const moved = [...this.#drawn].flatMap(([key, { element, part }]) => {
      const now = this.#byKey.get(key);
      const dx = part.x - (now?.x ?? part.x);
      const dy = part.y - (now?.y ?? part.y);
      return now && part.describe && (dx !== 0 || dy !== 0) ? [{ element, dx, dy }] : [];
    });
    if (moved.length > MOST_MOVED) return;
    for (const { element, dx, dy } of moved) {
      element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: 'none' }], {
        duration: 160,
        easing: 'ease-out',
      });
    }
  }

  #draw(part: Part, drawn: Drawn | undefined): void {
    const html = itemsToSvg(part.draw(), this.#theme);
    this.#stale.delete(part.key);
    if (drawn) {
      drawn.part = part;
      if (drawn.html !== html) drawn.element.innerHTML = html;
      drawn.html = html;
      if (part.describe) drawn.words?.setAttribute('aria-label', part.describe().label);
      return;
    }
    const element = svgElement('g');
    if (part.describe) element.setAttribute('data-node', part.key);
    element.innerHTML = html;
    const kind = part.key.split(':')[0] ?? '';
    const layer =
      kind === 'site' || kind === 'cluster'
        ? 'frames'
        : kind === 'wire' || kind === 'label' || kind === 'missing' || kind === 'flow'
          ? 'wires'
          : 'nodes';
    this.#layers[layer].append(element);
    this.#drawn.set(part.key, { element, html, part, words: undefined });
  }
}

/** A node for assistive technology: all that is drawn of it says less than its label. */
function treeItem(node: Described, { x, y, w, h }: Part): SVGGElement {
  const item = svgElement('g');
  item.setAttribute('role', 'treeitem');
  item.setAttribute('aria-label', node.label);
  item.setAttribute('aria-level', String(node.level));
  item.setAttribute('aria-posinset', String(node.place));
  item.setAttribute('aria-setsize', String(node.siblings));
  const area = svgElement('rect');
  for (const [name, value] of Object.entries({ x, y, width: w, height: h, fill: 'none' }))
    area.setAttribute(name, String(value));
  item.append(area);
  return item;
}
