import type { Part } from '../../../server/src/topology/scene/draw.ts';
import type { Item } from '../../../server/src/topology/scene/scene.ts';
import { defs, escapeXml } from '../../../server/src/topology/scene/svg.ts';
import { pageTheme } from '../../../server/src/topology/scene/themes.ts';
import type { Camera, Size } from '../camera.ts';
import { h, svgElement } from '../dom.ts';
import { Picture, type Sight, sightOf } from './picture.ts';

/** Milliseconds of drawing in one frame while the picture is panned. */
const BUDGET = 6;
/** The same while it is zoomed: all of it is painted at other places, too. */
const ZOOM_BUDGET = 4;
/** The same while nothing moves, or nothing is shown yet. */
const STILL_BUDGET = 9;
/** Milliseconds of drawing in a frame after which a picture is not shown in that frame, but in the next: it has to be painted as well. */
const SWAP_AFTER = 2;
/** Milliseconds without motion after which the picture is drawn sharp again. */
const STILL = 150;
/** Pictures that are given up for the next level, one after the other, before one is finished. */
const MOST_GIVEN_UP = 2;
/** Drawn beyond the edges of the view, and kept beyond them, as shares of the view. */
const AHEAD = 0.25;
const KEPT = 1;

/**
 * The picture at the present level, in sight. A picture of another level is drawn out of sight, a few parts per frame, and shown when it is
 * complete: until then the one before stays and goes along with the camera. While the camera moves, the picture is a layer that is moved as
 * it was painted; parts enter and leave the document a few per frame.
 */
export class Canvas {
  readonly #patterns = svgElement('svg');
  readonly element = h('div', {}, this.#patterns);
  #theme = pageTheme(false);
  #shown: Picture;
  /** What is drawn out of sight, and the part of it that has to be complete before it is shown. */
  #coming: { readonly picture: Picture; sight: Sight | undefined } | undefined;
  /** A later one, begun when that is done. */
  #next: Picture | undefined;
  #givenUp = 0;
  #view: Size = { w: 0, h: 0 };
  #frame = 0;
  #still: ReturnType<typeof setTimeout> | undefined;
  /** The motion that goes on changed the scale. */
  #isZooming = false;
  readonly #stopped: () => void;

  /** `stopped` is called a moment after the last motion. */
  constructor(stopped: () => void) {
    this.#stopped = stopped;
    this.#patterns.setAttribute('class', 'patterns');
    this.#patterns.setAttribute('aria-hidden', 'true');
    this.setContrast(false);
    this.#shown = new Picture(this.#theme);
    this.#shown.reveal();
    this.element.append(this.#shown.element);
  }

  /** Counts for pictures of levels that are shown from now on. */
  setContrast(contrast: boolean): void {
    this.#theme = pageTheme(contrast);
    this.#patterns.innerHTML = defs(this.#theme);
  }

  /** The picture that is shown, or is going to be. */
  get #newest(): Picture {
    return this.#next ?? this.#coming?.picture ?? this.#shown;
  }

  /** The next `setCamera` and `setParts` are of another level or theme: what is shown stays until that is drawn. */
  renew(level: string): void {
    const picture = new Picture(this.#theme);
    picture.svg.dataset.level = level;
    picture.setLayer(this.isMoving);
    if (!this.#shown.camera) this.#swap(picture);
    else if (this.#coming && !this.#coming.picture.isBlank && this.#givenUp >= MOST_GIVEN_UP) this.#next = picture;
    else {
      if (this.#coming && !this.#coming.picture.isBlank) this.#givenUp += 1;
      this.#begin(picture);
    }
  }

  #begin(picture: Picture): void {
    this.#coming?.picture.element.remove();
    this.#coming = { picture, sight: picture.camera && sightOf(picture.camera, this.#view) };
    this.#next = undefined;
    this.element.append(picture.element);
  }

  #swap(picture: Picture): void {
    picture.reveal();
    if (!picture.element.isConnected) this.element.append(picture.element);
    this.#shown.element.remove();
    this.#shown = picture;
    this.#coming = undefined;
    this.#givenUp = 0;
    if (this.#next) this.#begin(this.#next);
  }

  /** New parts of the present level. */
  setParts(parts: readonly Part[]): void {
    this.#newest.setParts(parts);
    if (this.#newest === this.#shown) this.#work(STILL_BUDGET);
    else this.#later();
  }

  setCamera(camera: Camera, view: Size, unit: number): void {
    const newest = this.#newest;
    const before = newest.camera;
    this.#view = view;
    newest.aim(camera, unit);
    if (this.#coming?.picture === newest) this.#coming.sight ??= sightOf(camera, view);
    if (before && (before.x !== camera.x || before.y !== camera.y || before.scale !== camera.scale)) {
      for (const picture of [this.#shown, this.#coming?.picture])
        if (picture && picture !== newest) picture.follow(before, camera);
      this.#isZooming ||= before.scale !== camera.scale;
      this.#move();
    }
    this.#later();
  }

  #move(): void {
    if (this.#still === undefined) this.#setLayers(true);
    clearTimeout(this.#still);
    this.#still = setTimeout(() => {
      this.#still = undefined;
      this.#isZooming = false;
      this.#setLayers(false);
      this.#later();
      this.#stopped();
    }, STILL);
  }

  #setLayers(are: boolean): void {
    for (const picture of [this.#shown, this.#coming?.picture, this.#next]) picture?.setLayer(are);
  }

  get isMoving(): boolean {
    return this.#still !== undefined;
  }

  setOverlay(items: readonly Item[], focus: { readonly id: string; readonly html: string } | undefined): void {
    this.#newest.setOverlay(items, focus?.html ?? '');
  }

  #later(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#work(this.#isZooming ? ZOOM_BUDGET : this.isMoving ? BUDGET : STILL_BUDGET);
    });
  }

  #work(budget: number): void {
    const start = performance.now();
    const end = start + budget;
    if (this.#coming) {
      const { picture, sight } = this.#coming;
      if (sight && picture.draw(sight, end) && performance.now() - start < SWAP_AFTER) this.#swap(picture);
      this.#later();
      return;
    }
    const { camera } = this.#shown;
    if (!camera) return;
    const isInSight = this.#shown.draw(sightOf(camera, this.#view), end);
    // What is drawn ahead while zooming is out of sight again a frame later, or is drawn at another level; what goes or comes is painted.
    if (this.#isZooming) {
      if (!isInSight) this.#later();
      return;
    }
    this.#shown.prune(sightOf(camera, this.#view, KEPT));
    const isDone =
      isInSight &&
      this.#shown.draw(sightOf(camera, this.#view, AHEAD), end) &&
      (this.isMoving || this.#shown.name(end));
    if (!isDone) this.#later();
  }
}

/** The focused node for assistive technology, also where it is too small to be an element of its own. */
export const focusItem = (id: string, label: string): string =>
  `<g id="${escapeXml(id)}" role="treeitem" aria-selected="true" aria-label="${escapeXml(label)}"></g>`;
