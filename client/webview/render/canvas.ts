import type { Part } from '../../../server/src/topology/scene/draw.ts';
import type { Described, Item } from '../../../server/src/topology/scene/scene.ts';
import { defs, escapeXml, itemsToSvg } from '../../../server/src/topology/scene/svg.ts';
import { pageTheme } from '../../../server/src/topology/scene/themes.ts';
import type { Camera, Size } from '../camera.ts';
import { h, svgElement } from '../dom.ts';

/** Milliseconds of drawing in one frame. */
const BUDGET = 6;
/** The same when the picture is replaced. */
const FIRST_BUDGET = 9;
/** Text under this many pixels on screen is left out. */
const LEAST_TEXT = 7.8;
/** Nodes that may move at once before all of them jump. */
const MOST_MOVED = 200;
const TEXT_SIZES = [9, 10, 11, 12, 13, 15];
/** Milliseconds without motion after which the picture is drawn sharp again. */
const STILL = 150;

interface Drawn {
  readonly element: SVGGElement;
  html: string;
  part: Part;
  /** What assistive technology is told of it, once the picture stands still. */
  words: SVGGElement | undefined;
}

/**
 * Shows parts of a picture that are in sight. The camera is a CSS transform of the element around the SVG: one of the SVG itself would lay out
 * all its texts in every frame. While it moves, the picture is a layer that is moved as it was painted. Parts enter and leave the document a
 * few per frame.
 */
export class Canvas {
  readonly svg = svgElement('svg');
  readonly element = h('div', { class: 'camera' }, this.svg);
  readonly #layers: Readonly<Record<'frames' | 'nodes' | 'wires', SVGGElement>>;
  readonly #words = svgElement('g');
  readonly #overlay = svgElement('g');
  readonly #focus = svgElement('g');
  readonly #drawn = new Map<string, Drawn>();
  #parts: readonly Part[] = [];
  #byKey = new Map<string, Part>();
  #camera: Camera | undefined;
  #view: Size = { w: 0, h: 0 };
  #frame = 0;
  #still: ReturnType<typeof setTimeout> | undefined;
  #shownText = '';
  #shownMarks = '';
  #shownFocus = '';
  #theme = pageTheme(false);
  #stale = new Set<string>();
  #transform = '';
  readonly #stopped: () => void;

  /** `stopped` is called a moment after the last motion. */
  constructor(stopped: () => void) {
    this.#stopped = stopped;
    this.svg.setAttribute('class', 'scene');
    const layer = (): SVGGElement => svgElement('g');
    this.#layers = { frames: layer(), nodes: layer(), wires: layer() };
    this.setContrast(false);
  }

  setContrast(contrast: boolean): void {
    this.#theme = pageTheme(contrast);
    this.svg.innerHTML = defs(this.#theme);
    const { frames, nodes, wires } = this.#layers;
    for (const layer of [frames, nodes, wires, this.#overlay]) layer.setAttribute('aria-hidden', 'true');
    this.svg.append(frames, nodes, wires, this.#words, this.#focus, this.#overlay);
  }

  /** New parts. Those already shown are replaced where they differ; `fresh` forgets what was shown (another level or theme). */
  setParts(parts: readonly Part[], size: Size, fresh: boolean): void {
    this.#parts = parts;
    this.#byKey = new Map(parts.map((p) => [p.key, p]));
    this.svg.setAttribute('width', String(size.w));
    this.svg.setAttribute('height', String(size.h));
    if (fresh) this.#clear();
    else {
      this.#glide();
      for (const [key, drawn] of this.#drawn) {
        if (this.#byKey.has(key)) this.#stale.add(key);
        else this.#remove(key, drawn);
      }
    }
    this.#work(FIRST_BUDGET);
  }

  #clear(): void {
    const { frames, nodes, wires } = this.#layers;
    for (const layer of [frames, nodes, wires, this.#words]) layer.replaceChildren();
    this.#drawn.clear();
    this.#stale.clear();
  }

  #remove(key: string, { element, words }: Drawn): void {
    element.remove();
    words?.remove();
    this.#drawn.delete(key);
    this.#stale.delete(key);
  }

  setCamera(camera: Camera, view: Size, unit: number): void {
    this.#camera = camera;
    this.#view = view;
    const scale = camera.scale * unit;
    this.#move(`translate(${camera.x * unit}px, ${camera.y * unit}px) scale(${scale})`);
    const hidden = TEXT_SIZES.filter((s) => s * scale < LEAST_TEXT)
      .map((s) => `no-t${s}`)
      .join(' ');
    if (hidden !== this.#shownText) {
      this.#shownText = hidden;
      this.svg.setAttribute('class', `scene ${hidden}`);
    }
    this.#later();
  }

  #move(transform: string): void {
    if (this.#transform === transform) return;
    const isFirst = this.#transform === '';
    this.#transform = transform;
    const { style } = this.element;
    style.transform = transform;
    if (isFirst) return;
    if (this.#still === undefined) style.willChange = 'transform';
    clearTimeout(this.#still);
    this.#still = setTimeout(() => {
      this.#still = undefined;
      style.willChange = '';
      this.#later();
      this.#stopped();
    }, STILL);
  }

  get isMoving(): boolean {
    return this.#still !== undefined;
  }

  setOverlay(items: readonly Item[], focus: { readonly id: string; readonly html: string } | undefined): void {
    const html = itemsToSvg(items, this.#theme);
    if (this.#shownMarks !== html) this.#overlay.innerHTML = html;
    this.#shownMarks = html;
    const words = focus?.html ?? '';
    if (this.#shownFocus !== words) this.#focus.innerHTML = words;
    this.#shownFocus = words;
  }

  /** Everything in sight is drawn. */
  get settled(): boolean {
    return this.#frame === 0;
  }

  /** What an edit moved goes to its new place, unless that is too much to follow or the person wants no motion. */
  #glide(): void {
    if (isStill()) return;
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

  #later(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#work(BUDGET);
    });
  }

  #inSight(part: Part, margin: number): boolean {
    const camera = this.#camera;
    if (!camera) return false;
    const { w, h } = this.#view;
    const left = part.x * camera.scale + camera.x;
    const top = part.y * camera.scale + camera.y;
    return (
      left < w * (1 + margin) &&
      top < h * (1 + margin) &&
      left + part.w * camera.scale > -w * margin &&
      top + part.h * camera.scale > -h * margin
    );
  }

  #work(budget: number): void {
    if (!this.#camera) return;
    const end = performance.now() + budget;
    for (const [key, drawn] of this.#drawn) {
      if (!this.#inSight(drawn.part, 1)) this.#remove(key, drawn);
    }
    for (const margin of [0, 0.25]) {
      for (const part of this.#parts) {
        const drawn = this.#drawn.get(part.key);
        if (drawn && !this.#stale.has(part.key)) continue;
        if (!this.#inSight(part, margin)) continue;
        this.#draw(part, drawn);
        if (performance.now() > end) {
          this.#later();
          return;
        }
      }
    }
    if (!this.isMoving) this.#name(end);
  }

  /** Puts what is drawn in words. */
  #name(end: number): void {
    for (const drawn of this.#drawn.values()) {
      const { part } = drawn;
      if (drawn.words || !part.describe) continue;
      drawn.words = treeItem(part.describe(), part);
      this.#words.append(drawn.words);
      if (performance.now() > end) {
        this.#later();
        return;
      }
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

/** Whether the person wants no motion: of the system, or of the editor. */
const isStill = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');

/** The focused node for assistive technology, also where it is too small to be an element of its own. */
export const focusItem = (id: string, label: string): string =>
  `<g id="${escapeXml(id)}" role="treeitem" aria-selected="true" aria-label="${escapeXml(label)}"></g>`;
