import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { Stated } from '../design/props.ts';
import { inherited, ownersOf, propsOf, referred, standsOn } from '../design/things.ts';
import type { VirtualSwitch } from './uplinks.ts';

/** Kinds of things that somebody has to answer for. VMs have the owner of their application. */
export const OWNED_KINDS: readonly string[] = [
  'cluster',
  'host',
  'switch',
  'network',
  'adc',
  'array',
  'datastore',
  'app',
];

/** The group that usually owns a kind, where a design has one. */
const USUAL_ROLE: Readonly<Record<string, string>> = {
  cluster: 'server',
  host: 'server',
  switch: 'network',
  network: 'network',
  adc: 'network',
  array: 'storage',
  datastore: 'storage',
  app: 'application',
};

/** The only team of the role that usually owns a kind, or the only team there is. */
export function usualOwner(design: Design, kind: string): Entity | undefined {
  const teams = [...design.members('team')];
  const fitting = teams.length === 1 ? teams : teams.filter((team) => roleOf(team) === USUAL_ROLE[kind]);
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What a team stands for: its `role`, else its name. */
export function roleOf(team: Entity): string {
  return propsOf(team).word('role') ?? team.name;
}

/** Whether something says who owns a thing, be the name known or not. */
function statesOwner(entity: Entity): boolean {
  return inherited(entity, 'owner').length > 0;
}

/** Things of a kind that nobody owns. What stands in or on something without an owner is left to that. */
export function unownedOf(design: Design, kind: string): readonly Entity[] {
  return [...design.members(kind)].filter((entity) => !statesOwner(entity) && !isLeftToHolder(entity));
}

function isLeftToHolder(entity: Entity): boolean {
  const holder = entity.kind === 'host' ? entity.parent : entity.kind === 'datastore' ? standsOn(entity) : undefined;
  return holder !== undefined && OWNED_KINDS.includes(holder.kind);
}

/** Who owns a virtual switch: what it states, else the owner of its host or cluster. */
export function switchOwners(virtualSwitch: VirtualSwitch): readonly Entity[] {
  const own = virtualSwitch.props.list('owner');
  return own.length > 0
    ? [...new Set(own.flatMap((stated) => referred(stated, ['team'])))]
    : ownersOf(virtualSwitch.host);
}

/** Statements that together name more than one owner for a thing itself. */
export const ownOwners = derive(
  (entity: Entity): { readonly teams: readonly Entity[]; readonly by: readonly Stated[] } => {
    const by = propsOf(entity).list('owner');
    return { teams: [...new Set(by.flatMap((stated) => referred(stated, ['team'])))], by };
  },
);
