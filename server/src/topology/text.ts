/**
 * Widths of words without asking a screen. They are reserved for the widest common interface face (DejaVu Sans); most others are narrower,
 * so that what is computed here to fit does fit.
 */
const GROUPS: readonly (readonly [characters: string, em: number])[] = [
  ["'il|", 0.29],
  ['j .,:;!/\\I', 0.34],
  ['ft()[]-r', 0.42],
  ['szcJ*"', 0.56],
  ['vxykL?F', 0.6],
  ['abdeghnopquAEPSTXYZ0123456789$_', 0.64],
  ['BCKRVUN', 0.75],
  ['GDHOQ&', 0.79],
  ['w+=<>~≥≈×#', 0.84],
  ['M', 0.87],
  ['m%W@—…', 1],
  ['·\u202f', 0.33],
];

const EM = new Map(GROUPS.flatMap(([characters, em]) => [...characters].map((c) => [c, em] as const)));
const BOLD = 1.1;
const WIDE_SCRIPT = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u;

/** Width in pixels that is enough for the words at this size. */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0;
  for (const c of text) em += EM.get(c) ?? (WIDE_SCRIPT.test(c) ? 1.3 : 0.72);
  return em * size * (bold ? BOLD : 1);
}

/** The text, or as much of it as fits: its last three characters stay, because inventory names differ there. Empty when not even that fits. */
export function shorten(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const all = [...text];
  for (let keep = all.length - 1; keep >= 4; keep -= 1) {
    const tail = 3;
    const short = `${all.slice(0, keep - tail).join('')}…${all.slice(all.length - tail).join('')}`;
    if (textWidth(short, size, bold) <= width) return short;
  }
  return '';
}

/** As much of a line of facts (`a · b · c`) as fits, dropping facts from the end. */
export function fitFacts(facts: string, width: number, size: number): string {
  const parts = facts.split(' · ');
  for (let n = parts.length; n > 0; n -= 1) {
    const text = parts.slice(0, n).join(' · ');
    if (textWidth(text, size) <= width) return text;
  }
  return '';
}

/** A face of letters: how much of the reserved width it needs. */
export interface Face {
  readonly width: (text: string, size: number, bold?: boolean) => number;
  readonly shorten: (text: string, width: number, size: number, bold?: boolean) => string;
  readonly facts: (facts: string, width: number, size: number) => string;
}

/** `em`: the face's width over that of the widest common one, 1 where the face is not known. A screen can measure it once for all. */
export function faceOf(em: number): Face {
  return {
    width: (text, size, bold) => textWidth(text, size, bold) * em,
    shorten: (text, width, size, bold) => shorten(text, width / em, size, bold),
    facts: (facts, width, size) => fitFacts(facts, width / em, size),
  };
}

/** Words that `faceOf` is measured with. */
export const SAMPLE = 'esx-01 prod 22 hosts · 654 VMs 48 % N+1 holds 16.4 of 20 TiB datastore';

export const NARROW = '\u202f';
