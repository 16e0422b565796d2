/** What the name of a processor says. */
export interface CpuModel {
  /** Without marks and clock: `Intel Xeon E5-2680 v4`. */
  readonly text: string;
  /** The part that tells models of one maker apart: `e5-2680-v4`. */
  readonly short: string;
  readonly vendor?: 'intel' | 'amd' | 'arm';
  readonly generation?: string;
  /** Clock that the name states, Hz. */
  readonly nominal?: number;
}

/** Public model numbers of server processors; the first that fits counts. */
const GENERATIONS: readonly (readonly [RegExp, string])[] = [
  [/\b[EXLW]55\d\d\b/, 'nehalem'],
  [/\b[EXLW]56\d\d\b|\bE7-\d{4}\b(?! v)/, 'westmere'],
  [/\bE5-\d{4}\w?\b.* v2\b|\bE7-\d{4}\w?\b.* v2\b/, 'ivy-bridge'],
  [/\bE[57]-\d{4}\w?\b.* v3\b/, 'haswell'],
  [/\bE[57]-\d{4}\w?\b.* v4\b/, 'broadwell'],
  [/\bE5-\d{4}\w?\b/, 'sandy-bridge'],
  [/\b(?:Platinum|Gold|Silver|Bronze) [3-8]1\d\d\w?\b/, 'skylake'],
  [/\b(?:Platinum|Gold|Silver|Bronze) [3-9]2\d\d\w?\b/, 'cascade-lake'],
  [/\b(?:Platinum|Gold|Silver) [4-8]3\d\d(?:Y|N|R|U|V|C|T|S|P)?\+?(?![H\d])/, 'ice-lake'],
  [/\b(?:Platinum|Gold|Silver) [3-8]3\d\dH/, 'cooper-lake'],
  [/\b(?:Platinum|Gold|Silver|Bronze) [3-9]4\d\d\w?\+?/, 'sapphire-rapids'],
  [/\b(?:Platinum|Gold|Silver|Bronze) [3-9]5\d\d\w?\+?/, 'emerald-rapids'],
  [/\bEPYC 7\w\w1\b/, 'naples'],
  [/\bEPYC 7\w\w2\b/, 'rome'],
  [/\bEPYC 7\w\w3\b/, 'milan'],
  [/\bEPYC [89]\w\w4\w?\b/, 'genoa'],
  [/\bEPYC 9\w\w5\w?\b/, 'turin'],
];

/** Reads a name such as `Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz`. */
export function cpuModelOf(name: string): CpuModel {
  const text = name
    .replace(/\((?:R|TM|C)\)|[®™]/gi, ' ')
    .replace(/@.*$/, ' ')
    .replace(/\b(?:CPU|Processor|\d+-Core)\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ 0$/, '');
  const clock = /@\s*(\d+(?:\.\d+)?)\s*(GHz|MHz)/i.exec(name);
  const vendor = vendorOf(name);
  const generation = GENERATIONS.find(([pattern]) => pattern.test(text))?.[1];
  return {
    text,
    short: text
      .replace(/^(?:Intel|AMD|Genuine)\s+/i, '')
      .replace(/^(?:Xeon|EPYC|Opteron)\s+(?=\S)/i, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
    ...(vendor && { vendor }),
    ...(generation && { generation }),
    ...(clock && { nominal: Number(clock[1]) * (clock[2]?.toLowerCase() === 'ghz' ? 1e9 : 1e6) }),
  };
}

function vendorOf(name: string): CpuModel['vendor'] {
  if (/\bintel\b|xeon/i.test(name)) return 'intel';
  if (/\bamd\b|epyc|opteron/i.test(name)) return 'amd';
  return /\barm\b|ampere|neoverse|graviton/i.test(name) ? 'arm' : undefined;
}
