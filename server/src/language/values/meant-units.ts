import { type Dimension, UNITS, USUAL_UNITS } from '../../base/units.ts';

/** The unit that the figure of a word most likely has, where it is not the usual one of its dimension. */
const LIKELY: ReadonlyMap<string, string> = new Map([
  ['horizon', 'months'],
  ['timeout', 's'],
  ['within', 'min'],
  ['over', 'days'],
  ['retain', 'days'],
  ['rpo', 'h'],
  ['disks', 'TB'],
  ['capacity', 'TiB'],
  ['usable', 'TiB'],
  ['expansion', 'TiB'],
  ['tcp-window', 'MiB'],
  ['cpu', '%'],
  ['net', 'Mbps'],
  ['tx', 'Mbps'],
  ['rx', 'Mbps'],
  ['throughput', 'MB/s'],
  ['dirty', 'MB/s'],
  ['nic', 'Gbps'],
  ['hba', 'Gbps'],
  ['ports', 'Gbps'],
  ['uplink', 'Gbps'],
  ['speed', 'Gbps'],
  ['slot-cpu', 'MHz'],
  ['feed', 'kW'],
  ['growth', 'month'],
  ['discount', 'year'],
  ['change', 'day'],
]);

/** Words for units that people write and the language spells otherwise. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['msec', 'ms'],
  ['millis', 'ms'],
  ['milliseconds', 'ms'],
  ['sec', 's'],
  ['secs', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['m', 'min'],
  ['mins', 'min'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['hr', 'h'],
  ['hrs', 'h'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['d', 'days'],
  ['w', 'weeks'],
  ['mo', 'months'],
  ['y', 'years'],
  ['yr', 'years'],
  ['yrs', 'years'],
  ['watt', 'W'],
  ['watts', 'W'],
  ['percent', '%'],
  ['pct', '%'],
]);

/** Whether a word behind a number is meant as its unit, known or not. */
export function looksLikeUnit(word: string): boolean {
  return UNITS.has(word) || ALIASES.has(word.toLowerCase()) || /^(?:[A-Za-z]{1,4}|%)(?:\/[A-Za-z]+)*$/.test(word);
}

/** The unit to suggest for a bare number behind a word that takes one of the dimensions. */
export function likelyUnit(word: string, dimensions: readonly Dimension[], value: number): string {
  const likely = UNITS.get(LIKELY.get(word) ?? '');
  if (likely && dimensions.includes(likely.dimension)) return likely.name;
  const [dimension = 'size'] = dimensions;
  if (word === 'memory' && dimension === 'size' && value >= 4096) return 'MiB';
  return USUAL_UNITS[dimension][0] ?? '';
}

/** The time that a growth without one is most likely per. */
export function likelyPeriod(word: string): string {
  return LIKELY.get(word) ?? 'month';
}

/**
 * What a wrong spelling of a unit may stand for behind a word, in the dimensions that fit; both readings where it has two.
 * Ports are bits: `10G` of a NIC can only be meant in one way. The beginning of a unit stands for it.
 */
export function meantUnits(text: string, dimensions: readonly Dimension[], word: string): string[] {
  const lower = text.toLowerCase();
  const found = new Set<string>();
  const add = (name: string | undefined) => {
    const unit = name === undefined ? undefined : UNITS.get(name);
    if (unit && dimensions.includes(unit.dimension)) found.add(unit.name);
  };
  add(ALIASES.get(lower));
  for (const unit of UNITS.values()) if (unit.name.toLowerCase() === lower) add(unit.name);
  const [, prefix = '', letter = '', rest = ''] = /^([kmgtp])i?(b|B)?(.*)$/i.exec(text) ?? [];
  const scale = prefix.toUpperCase();
  const kilo = scale === 'K' ? 'k' : scale;
  if (prefix !== '' && rest === '') {
    add(`${scale}iB`);
    add(`${kilo}B`);
  }
  if (prefix !== '' && /^(?:it)?(?:ps|\/?s|\/sec)?$|^e$/i.test(rest)) {
    const isEthernet = rest.toLowerCase() === 'e';
    const isPort = LIKELY.get(word) === 'Gbps' && letter !== 'B';
    if (letter !== 'B' || isEthernet) add(`${kilo}bps`);
    if ((letter !== 'b' || rest === '') && !isPort && !isEthernet) add(`${kilo}B/s`);
  }
  if (found.size === 0 && lower.length > 1)
    for (const unit of UNITS.values()) if (unit.name.toLowerCase().startsWith(lower)) add(unit.name);
  // `month` and `months` are one.
  return [...found].filter((name) => !found.has(`${name}s`)).slice(0, 2);
}
