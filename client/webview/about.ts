import type { Focus } from '../../server/src/topology/scene/focus.ts';

const KINDS: readonly Focus['kind'][] = ['app', 'team', 'network'];

/** What a picture is about, in one word of a link and of a list: `app app:cart`. */
export const aboutText = ({ kind, id }: Focus): string => `${kind} ${id}`;

/** Undefined for what is none. */
export function readAbout(text: unknown): Focus | undefined {
  if (typeof text !== 'string') return undefined;
  const cut = text.indexOf(' ');
  const kind = KINDS.find((one) => one === text.slice(0, cut));
  const id = text.slice(cut + 1);
  return kind && id ? { kind, id } : undefined;
}
