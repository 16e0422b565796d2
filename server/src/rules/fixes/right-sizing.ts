import { factorOf, formatNumber, formatQuantity } from '../../base/units.ts';
import { hostSupply } from '../../capacity/host.ts';
import { cpuDemandOn, runningOn } from '../../capacity/load.ts';
import { demandStated, type VmFacts, vmFacts } from '../../capacity/vm.ts';
import type { Declaration, Entity } from '../../design/declaration.ts';
import { addToBody, type FileEdit, replaceAt } from '../../design/edits.ts';
import { partOf, type StatedNumber } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Fix } from '../rule.ts';

/** Share of its vCPUs, or of its memory, that a VM of the right size asks for; the usual limit of a host, taken for a VM. Ours. */
const ASKED_SHARE = 0.75;

/** VMs of one statement that could do with less. */
interface Excess {
  readonly declaration: Declaration;
  readonly vm: Entity;
  /** How many of them are on the host, and how many there are. */
  readonly here: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Fewer vCPUs for VMs on a host whose demand is known, those first that have most too many, until the host has to give
 * away at least so many. A demand that is stated as a share of vCPUs is restated, so that as much is asked for as before.
 */
export function fewerVcpus(host: Entity, excess: number): Fix[] {
  const { clock } = hostSupply(host);
  const overhead = propsOf(host).number('cpu-overhead')?.value;
  if (clock === undefined) return [];
  const needed = (facts: VmFacts) => {
    if (facts.vcpus === undefined || facts.isCpuAssumed || (facts.peaks.length > 0 && facts.cpuShare !== undefined))
      return undefined;
    const asked = [undefined, ...facts.peaks.map(({ window }) => window)].map((window) =>
      cpuDemandOn(facts, clock, overhead, window),
    );
    const most = Math.max(...asked.map((one) => one ?? Number.NaN));
    return Number.isNaN(most) ? undefined : Math.max(1, Math.ceil(most / clock / ASKED_SHARE - 1e-9));
  };
  return sized(
    excessOn(host, ({ vcpus }) => vcpus, needed),
    excess,
    (one) => withVcpus(one.vm, one.after),
    (isOne) => `fewer vCPUs, by what ${isOne ? 'it asks' : 'they ask'} for`,
    (value) => formatNumber(value, 0),
  );
}

/** Less memory for VMs on a host whose memory in use is known, those first that have most too much; bytes. */
export function lessMemory(host: Entity, excess: number): Fix[] {
  const gib = factorOf('GiB');
  const needed = ({ memory, activeMemory, reservedMemory = 0 }: VmFacts) =>
    memory === undefined || activeMemory === undefined
      ? undefined
      : Math.max(gib, Math.ceil(Math.max(activeMemory / ASKED_SHARE, reservedMemory) / gib - 1e-9) * gib);
  return sized(
    excessOn(host, ({ memory }) => memory, needed),
    excess,
    (one) => withMemory(one.vm, one.after),
    (isOne) => `less memory, by what ${isOne ? 'it has' : 'they have'} in use`,
    (value) => formatQuantity(value, 'size'),
  );
}

/** What statements give their VMs too much, and how much less each of them would have to say for all of its VMs. */
function excessOn(
  host: Entity,
  has: (facts: VmFacts) => number | undefined,
  needs: (facts: VmFacts) => number | undefined,
): readonly Excess[] {
  const here = new Map<Declaration, number>();
  for (const { declaration } of runningOn(host)) here.set(declaration, (here.get(declaration) ?? 0) + 1);
  return [...here].flatMap(([declaration, count]) => {
    const [vm] = declaration.entities;
    const facts = declaration.entities.map(vmFacts);
    const sizes = new Set(facts.map(has));
    const [before] = sizes;
    const needed = facts.map(needs);
    // What one of a statement needs they all get; one of which it is not known keeps them as they are.
    if (!vm || before === undefined || sizes.size > 1 || needed.includes(undefined)) return [];
    const after = Math.max(...needed.map((one) => one ?? before));
    return after < before ? [{ declaration, vm, here: count, before, after }] : [];
  });
}

function sized(
  all: readonly Excess[],
  wanted: number,
  edit: (excess: Excess) => readonly FileEdit[] | undefined,
  what: (isOne: boolean) => string,
  format: (value: number) => string,
): Fix[] {
  const gain = ({ here, before, after }: Excess) => here * (before - after);
  const sorted = [...all].sort((a, b) => gain(b) - gain(a));
  const chosen: Excess[] = [];
  const edits: FileEdit[] = [];
  let gained = 0;
  for (const one of sorted) {
    if (gained >= wanted * (1 - 1e-9)) break;
    const own = edit(one);
    if (!own) continue;
    edits.push(...own);
    chosen.push(one);
    gained += gain(one);
  }
  if (chosen.length === 0 || gained < wanted * (1 - 1e-9)) return [];
  const count = chosen.reduce((sum, { declaration }) => sum + declaration.entities.length, 0);
  const named = chosen.slice(0, 3).map(({ declaration, before, after }) => {
    const [first, ...others] = declaration.entities;
    const name = others.length > 0 ? `${first?.name} and ${others.length} more` : first?.name;
    return `${name} ${format(before)} → ${format(after)}`;
  });
  const more = chosen.length > 3 ? ` and ${chosen.length - 3} more` : '';
  const subject = count === 1 ? (chosen[0]?.vm.name ?? '') : `${count} VMs`;
  return [{ title: `Give ${subject} ${what(count === 1)}: ${named.join(', ')}${more}`, edits }];
}

/** All VMs of a statement with so many vCPUs, and with the demand that they have; undefined where the text does not allow it. */
export function withVcpus(vm: Entity, vcpus: number): readonly FileEdit[] | undefined {
  const { cpuShare, vcpus: before } = vmFacts(vm);
  const edits = stated(vm, 'vcpu', propsOf(vm).number('vcpu'), String(vcpus));
  if (!edits || before === undefined) return undefined;
  if (cpuShare === undefined) return edits;
  const share = (cpuShare * before) / vcpus;
  if (share > 1) return undefined;
  const restated = statedDemand(vm, 'cpu', `${formatPercent(share)} %`);
  return restated && joined(vm, edits, restated);
}

/** All VMs of a statement with so much memory, bytes, and with as much of it in use as they have. */
function withMemory(vm: Entity, memory: number): readonly FileEdit[] | undefined {
  const size = sizeText(memory);
  const edits = stated(vm, 'memory', propsOf(vm).number('memory'), size);
  const active = demandStated(vm, 'active');
  const { activeMemory } = vmFacts(vm);
  if (!edits || active?.dimension !== 'share' || activeMemory === undefined) return edits;
  const restated = statedDemand(vm, 'active', sizeText(activeMemory));
  return restated && joined(vm, edits, restated);
}

/** Bytes as a design writes them, rounded up where they come out even in no unit. */
function sizeText(bytes: number): string {
  const unit = ['GiB', 'MiB'].find((one) => Number.isInteger(bytes / factorOf(one))) ?? 'MiB';
  return `${Math.ceil(bytes / factorOf(unit) - 1e-9)} ${unit}`;
}

function formatPercent(share: number): string {
  return Number((share * 100).toFixed(1)).toString();
}

/** Puts another value into a statement of the VM's own block, or states it there beside what its class says. */
function stated(vm: Entity, word: string, by: StatedNumber | undefined, text: string): readonly FileEdit[] | undefined {
  const { declaration } = vm;
  const own = by?.by.layer.declaration === declaration ? by.by : undefined;
  if (!own) {
    const head = declaration.head();
    // An amendment that says it has the last word.
    return !head || by?.by.layer.source === 'amend' ? undefined : addToBody(head, `${word} ${text}`);
  }
  const part = partOf(own.sentence.subject, 0, own.index);
  return part && !own.sentence.subject?.each ? replaceAt(own.place, part, text) : undefined;
}

function statedDemand(vm: Entity, clause: string, text: string): readonly FileEdit[] | undefined {
  const by = demandStated(vm, clause)?.by;
  const { declaration } = vm;
  if (by && by.layer.declaration === declaration && by.sentence.word === 'demand') {
    const value = by.sentence.clauses.get(clause)?.value;
    const part = value?.parts[0];
    return part && !value?.each ? replaceAt(by.place, part, text) : undefined;
  }
  const head = declaration.head();
  return head && addToBody(head, `demand ${clause} ${text}`);
}

/** Two statements that are added to one body at once are added as one edit. */
function joined(vm: Entity, first: readonly FileEdit[], second: readonly FileEdit[]): readonly FileEdit[] | undefined {
  const [a, b] = [first[0], second[0]];
  if (!a || !b || a.uri !== b.uri || a.from !== b.from || a.to !== b.to) return [...first, ...second];
  const head = vm.declaration.head();
  const statement = /^\s*\{?\s*(.*?)\s*[;}]?\s*$/s;
  const [, one = ''] = statement.exec(a.text) ?? [];
  const [, other = ''] = statement.exec(b.text) ?? [];
  return head && addToBody(head, `${one}; ${other}`);
}
