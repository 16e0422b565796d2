import { migrationPath, migrationWith } from '../../capacity/migration.ts';
import type { Migration } from '../../capacity/models/live-migration.ts';
import { fastestUplink } from '../../capacity/models/network-uplinks.ts';
import type { Entity } from '../../design/declaration.ts';
import { removeClause } from '../../design/edits.ts';
import { clauseNumber } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Fix } from '../rule.ts';
import { type Anchor, clauseIn, nameOf } from '../shared/anchor.ts';

/** Where a VM states how much memory it writes, else its name. */
export function dirtyAt(vm: Entity): Anchor | undefined {
  const props = propsOf(vm);
  const by = props.withClause('demand', 'dirty') ?? props.withClause('measured', 'dirty');
  return by ? clauseIn(by, 'dirty') : nameOf(vm);
}

/** Takes the limit off the migration service of a host, if a move would be good without it. */
export function withoutLimit(vm: Entity, host: Entity, isGood: (migration: Migration) => boolean): Fix[] {
  const path = migrationPath(host);
  if (!path?.virtualSwitch || clauseNumber(path.service, 'limit') === undefined) return [];
  const { uplinks, teaming } = path.virtualSwitch;
  const migration = migrationWith(vm, fastestUplink(uplinks, teaming));
  if (!migration || !isGood(migration)) return [];
  const edits = removeClause(path.service, 'limit');
  return edits.length > 0 ? [{ title: 'Remove the limit of the migration service', edits, isPreferred: true }] : [];
}
