export interface RangedName {
  readonly text: string;
  readonly isRange: boolean;
}

/** A range pays from this many names on; two are read faster side by side. */
const SHORTEST_RUN = 3;
/** More parts than this in one bracket are harder to read than the names. */
const MOST_PARTS = 4;
/** Longest number taken as a counter: what is longer is an asset tag or an address. */
const MOST_DIGITS = 6;

interface Member {
  readonly index: number;
  readonly name: string;
  readonly digits: string;
}

interface Stem {
  readonly prefix: string;
  readonly suffix: string;
  readonly members: Member[];
}

/**
 * Writes names that differ in one number as ranges, `esx-[01..04,07]`, where the range expands to exactly those names.
 * A range stands where its first member stood; the order of all else is kept. `names` holds no name twice. `shortest` is
 * the least number of names that make a range.
 */
export function compressNames(
  names: readonly string[],
  isBare: (name: string) => boolean,
  shortest = SHORTEST_RUN,
): readonly RangedName[] {
  const stems = new Map<string, Stem>();
  names.forEach((name, index) => {
    const parts = isBare(name) ? splitCounter(name) : undefined;
    if (!parts) return;
    const key = `${parts.prefix}\n${parts.suffix}`;
    const stem = stems.get(key) ?? { prefix: parts.prefix, suffix: parts.suffix, members: [] };
    stem.members.push({ index, name, digits: parts.digits });
    stems.set(key, stem);
  });
  const written: (RangedName | undefined)[] = names.map((name) => ({ text: name, isRange: false }));
  for (const stem of stems.values()) writeStem(stem, written, shortest);
  return written.filter((item) => item !== undefined);
}

function writeStem(stem: Stem, written: (RangedName | undefined)[], shortest: number): void {
  if (stem.members.length < shortest) return;
  const runs = runsOf(stem.members);
  const long = runs.filter((run) => run.length >= shortest);
  if (long.length === 0) return;
  for (const part of runs.length <= MOST_PARTS ? [runs] : long.map((run) => [run])) {
    const members = part.flat();
    const inside = part.flatMap((run) => (run.length >= shortest ? [boundsOf(run)] : run.map((one) => one.digits)));
    const place = members.reduce((first, member) => Math.min(first, member.index), Number.POSITIVE_INFINITY);
    for (const member of members) written[member.index] = undefined;
    written[place] = { text: `${stem.prefix}[${inside.join(',')}]${stem.suffix}`, isRange: true };
  }
}

/** Members in rising order, cut wherever the next one is not what counting on from the first of the run would write. */
function runsOf(members: readonly Member[]): Member[][] {
  const rising = [...members].sort((a, b) => Number(a.digits) - Number(b.digits) || a.digits.length - b.digits.length);
  const runs: Member[][] = [];
  for (const member of rising) {
    const run = runs[runs.length - 1];
    const first = run?.[0];
    if (run && first && member.digits === counted(first.digits, run.length)) run.push(member);
    else runs.push([member]);
  }
  return runs;
}

function counted(first: string, steps: number): string {
  return String(Number(first) + steps).padStart(first.length, '0');
}

function boundsOf(run: readonly Member[]): string {
  return `${run[0]?.digits ?? ''}..${run[run.length - 1]?.digits ?? ''}`;
}

/** The last number of the name, or of its first label where a domain follows. A name of digits alone is no counter. */
function splitCounter(name: string): { prefix: string; digits: string; suffix: string } | undefined {
  const domain = /\.\p{L}/u.exec(name)?.index ?? name.length;
  const match = /^(.*?)([0-9]+)([^0-9]*)$/u.exec(name.slice(0, domain));
  const [, prefix = '', digits = '', suffix = ''] = match ?? [];
  if (!match || digits.length > MOST_DIGITS || (prefix === '' && suffix === '')) return undefined;
  return { prefix, digits, suffix: suffix + name.slice(domain) };
}
