import type { Picture, TopologyAnswer } from '../protocol/topology.ts';
import { changeBetween } from '../topology/changes.ts';

/** Pictures that are remembered: one for each panel that a person has open, and a few more. They share what is alike. */
const MOST = 8;

/** The answer with the picture in it, or what changes. */
type Sent = Exclude<TopologyAnswer, { readonly type: 'broken' }>;

interface Known {
  readonly picture: Picture;
  /** The question that it answered. */
  readonly asked: string;
}

/** Pictures that were sent, so that whoever shows one of them is told what changes, not the whole. */
export class Pictures {
  /** By version, the one that was sent or shown last at the end. */
  private readonly known = new Map<number, Known>();
  /** Another server that ran before gave out smaller ones. */
  private last = Date.now();

  /** Whether a version is known to be of another question: another design, day or failure. */
  isOther(version: number, asked: string): boolean {
    const known = this.known.get(version);
    return known !== undefined && known.asked !== asked;
  }

  /** The answer for one who shows the picture of a version, or none. */
  answer(picture: Picture, asked: string, shown: number | undefined): Sent {
    const before = shown === undefined ? undefined : this.known.get(shown);
    const change = before && changeBetween(before.picture, picture);
    if (shown === undefined || !before) return { type: 'graph', version: this.keep(picture, asked), ...picture };
    // The picture that is shown stays known, also to other panels that show it.
    this.known.delete(shown);
    this.known.set(shown, before);
    if (change) return { type: 'changes', of: shown, version: this.keep(picture, asked), change };
    return { type: 'same', version: before.asked === asked ? shown : this.keep(picture, asked) };
  }

  private keep(picture: Picture, asked: string): number {
    for (const [version, known] of this.known) {
      if (known.asked === asked && isOne(known.picture, picture)) return version;
    }
    this.last += 1;
    this.known.set(this.last, { picture, asked });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
    return this.last;
  }
}

/** The same objects: two panels that show one picture are told the same version. */
const isOne = (a: Picture, b: Picture): boolean =>
  a.graph === b.graph &&
  a.routes.length === b.routes.length &&
  a.routes.every(([site, block], at) => b.routes[at]?.[0] === site && b.routes[at]?.[1] === block);
