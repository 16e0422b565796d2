import type { Claim } from './claim.ts';
import type { Entity, Located } from './declaration.ts';
import type { FileEdit } from './edits.ts';
import { referencesIn } from './names.ts';
import { locatedInOrder } from './order.ts';
import { clusterOfHost, hostsOf, isTakenBack, isVacated, placementOf, targetOf } from './placement.ts';
import { type Addition, type Change, viewpointOf, writeChanges } from './placement-text.ts';
import { continuesIn, keyOf, referenceTo } from './runs-list.ts';

/** A VM and the host that it is to run on. */
export interface VmMove {
  readonly vm: Entity;
  readonly to: Entity;
}

/** The edits that make it so, or why the text cannot say it. */
export type MoveEdits =
  | { readonly edits: readonly FileEdit[] }
  | { readonly refused: readonly { readonly move: VmMove; readonly reason: string }[] };

/**
 * Edits that put VMs on hosts, all of them together, and change nothing else. A VM is taken out of the list that names
 * it, for a host or a pool, and joins that of its new host, or the host behind `on` changes, or a new `runs` outranks a
 * share dealt by `each`. VMs that run there already are left alone.
 */
export function moveVms(moves: readonly VmMove[]): MoveEdits {
  const wanted = [...new Map(moves.map((move) => [move.vm, move])).values()].filter(
    ({ vm, to }) => placementOf(vm).host !== to,
  );
  const refused: { readonly move: VmMove; readonly reason: string }[] = [];
  const changes = new Map<Located, Change>();
  for (const move of wanted) {
    const reason = takeOut(move, changes);
    if (reason !== undefined) refused.push({ move, reason });
  }
  const settled = new Set([...changes.values()].flatMap(renameTarget));
  const byTarget = new Map<Entity, VmMove[]>();
  for (const move of wanted) if (!settled.has(move.vm)) byTarget.set(move.to, [...(byTarget.get(move.to) ?? []), move]);
  const additions: Addition[] = [];
  for (const [host, group] of byTarget) {
    const vms = group.map(({ vm }) => vm);
    const added = putOn(host, vms, changes);
    if (typeof added === 'string') for (const move of group) refused.push({ move, reason: added });
    else if (added) additions.push(added);
  }
  if (refused.length > 0) return { refused };
  const edits = writeChanges([...changes.values()], additions);
  if (edits) return { edits };
  return { refused: wanted.map((move) => ({ move, reason: 'a brace is missing where it would have to be written' })) };
}

/** Takes a VM out of the list that names it. Returns why it cannot be. */
function takeOut({ vm, to }: VmMove, changes: Map<Located, Change>): string | undefined {
  if (to.kind !== 'host') return `${to.name} is no host`;
  const { claim, conflicts } = placementOf(vm);
  if (conflicts.length > 0) return `${vm.name} is placed more than once`;
  // A share of a range of hosts gives way to a host that is named.
  if (!claim || claim.dealt) return undefined;
  if (dealsTargets(claim)) return `${vm.name} is dealt out with "on each"`;
  const change = changeOf(claim, changes);
  const key = keyOf(claim.vm);
  change.removed.add(key);
  change.leaving.set(key, { vm, to });
  return undefined;
}

function dealsTargets(claim: Claim): boolean {
  return claim.located.sentence.clauses.get('on')?.value?.each === true;
}

function changeOf(claim: Claim, changes: Map<Located, Change>): Change {
  const known = changes.get(claim.located);
  if (known) return known;
  const change: Change = {
    located: claim.located,
    owner: claim.owner,
    removed: new Set(),
    leaving: new Map(),
    added: [],
    on: undefined,
  };
  changes.set(claim.located, change);
  return change;
}

/** If all of an `on` statement goes to one host, one word changes. Returns the VMs that are then where they should be. */
function renameTarget(change: Change): Entity[] {
  const { sentence } = change.located;
  if (!sentence.clauses.has('on')) return [];
  const leaving = referencesIn(sentence.subject).map((reference) => change.leaving.get(keyOf(reference)));
  const targets = new Set(leaving.map((move) => move?.to));
  const [target] = targets;
  if (targets.size !== 1 || !target) return [];
  const name = referenceTo(target, ['host', 'cluster'], viewpointOf(change.owner));
  if (!name) return [];
  change.on = name;
  change.removed.clear();
  return leaving.flatMap((move) => move?.vm ?? []);
}

/** Finds the list that VMs join, or the place of a new statement. Returns why there is none. */
function putOn(host: Entity, vms: readonly Entity[], changes: Map<Located, Change>): Addition | string | undefined {
  if (isVacated(host)) return `an amendment says that ${host.name} runs none`;
  const lists = listsOf(host).filter(({ located }) => changes.get(located)?.on === undefined);
  const last = lists.findLast((claim) => !claim.on) ?? lists.at(-1);
  if (!last) return newStatement(host, vms, changes);
  for (const vm of vms) {
    const fitting = lists.find((claim) => continuesIn(claim.located, vm.name) && nameIn(vm, claim)) ?? last;
    const name = nameIn(vm, fitting);
    if (!name) return `no name means ${vm.name} alone where ${host.name} says what it runs`;
    changeOf(fitting, changes).added.push(name);
  }
  return undefined;
}

function nameIn(vm: Entity, claim: Claim) {
  return referenceTo(vm, ['vm'], viewpointOf(claim.owner));
}

/** One claim for each statement that names VMs for this host, in text order. */
function listsOf(host: Entity): readonly Claim[] {
  const byStatement = new Map<Located, Claim>();
  for (const claim of host.design.names.read('host', host.name).claims)
    if (!claim.dealt && !dealsTargets(claim) && !isTakenBack(claim) && targetOf(claim) === host)
      byStatement.set(claim.located, claim);
  return locatedInOrder([...byStatement.values()]);
}

function newStatement(host: Entity, vms: readonly Entity[], changes: ReadonlyMap<Located, Change>): Addition | string {
  const place = placeFor(host, vms, changes);
  const from = viewpointOf(place.owner);
  const names = vms.map((vm) => referenceTo(vm, ['vm'], from));
  const unnamed = vms[names.indexOf(undefined)];
  if (unnamed) return `no name means ${unnamed.name} alone where ${host.name} is declared`;
  const on = place.isInside ? undefined : referenceTo(host, ['host', 'cluster'], from);
  if (!place.isInside && !on) return `no name means host ${host.name} alone`;
  return { ...place, on, names: names.filter((name) => name !== undefined) };
}

/**
 * A host with a block of its own says itself what it runs. Else a statement with `on` stands beside the one that the VMs
 * leave, beside those of the other hosts, or behind the block that declares the host.
 */
function placeFor(
  host: Entity,
  vms: readonly Entity[],
  changes: ReadonlyMap<Located, Change>,
): Pick<Addition, 'owner' | 'isInside' | 'behind'> {
  const { declaration } = host;
  const pooled = vms.map((vm) => placementOf(vm)).filter(({ claim, host: holder }) => claim && !holder);
  const [pool] = pooled;
  if (pool?.claim && pooled.length === vms.length && pool.claim.owner.entities.length < 2)
    return { owner: pool.claim.owner, isInside: false, behind: pool.claim.located };
  const beside = siblingsOf(host).flatMap(listsOf);
  const isOwn = declaration.entities.length === 1 && declaration.word === 'host';
  if (isOwn && (beside.length === 0 || beside.some((claim) => !claim.on)))
    return { owner: declaration, isInside: true, behind: declaration };
  const left = [...changes.values()].find(
    ({ located, leaving }) =>
      located.sentence.clauses.has('on') && vms.some((vm) => [...leaving.values()].some((move) => move.vm === vm)),
  );
  if (left) return { owner: left.owner, isInside: false, behind: left.located };
  const other = locatedInOrder(beside.filter((claim) => claim.on && claim.owner.uri === declaration.uri)).at(-1);
  if (other) return { owner: other.owner, isInside: false, behind: other.located };
  let outer = declaration;
  while (outer.parent && outer.parent.entities.length > 1) outer = outer.parent;
  return { owner: outer.parent ?? declaration, isInside: false, behind: outer };
}

/** The other hosts of its cluster, or of its block where it is in none. */
function siblingsOf(host: Entity): readonly Entity[] {
  const cluster = clusterOfHost(host);
  const all = cluster
    ? hostsOf(cluster)
    : [...host.design.members('host')].filter((other) => other.parent === host.parent);
  return all.filter((other) => other !== host);
}
