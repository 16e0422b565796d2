import { carriesLoad } from '../../capacity/host.ts';
import { quorumOf } from '../../capacity/quorum.ts';
import { isRedundant, rangesOf } from '../../capacity/replicas.ts';
import { runningMembers } from '../../capacity/sessions.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { appOf } from '../../design/things.ts';
import type { Separated } from './rules.ts';

/**
 * What keeps replicas from failing together, though no rule of the design says so: of those of an important application no
 * more than half on a host, as far as there are hosts for it, and of a quorum no more than it can do without. A plan must
 * not make that worse.
 */
export function spreadsOf(design: Design, vms: readonly Entity[], hosts: readonly Entity[]): readonly Separated[] {
  const live = Math.max(1, hosts.filter(carriesLoad).length);
  const apps = new Set(vms.flatMap((vm) => appOf(vm) ?? []));
  const found: Separated[] = [];
  for (const app of design.members('app')) {
    if (!apps.has(app)) continue;
    const label = `the spread of ${app.name}`;
    const add = (members: readonly Entity[], most: number) => {
      const least = Math.ceil(members.length / live);
      found.push({ label, vms: members, most: Math.max(1, least, most) });
    };
    if (isRedundant(app)) for (const range of rangesOf(runningMembers(app))) add(range, Math.floor(range.length / 2));
    const quorum = quorumOf(app);
    if (quorum) add(quorum.members, quorum.members.length - quorum.needed);
  }
  return found;
}
