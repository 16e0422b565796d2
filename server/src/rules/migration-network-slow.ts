import { formatQuantity } from '../base/units.ts';
import { carriesLoad } from '../capacity/host.ts';
import { type MigrationPath, migrationPath } from '../capacity/migration.ts';
import { LEAST_RATE_PER_MIGRATION } from '../capacity/models/live-migration.ts';
import { removeClause } from '../design/edits.ts';
import { clauseNumber } from '../design/props.ts';
import { defineRule, gradeBelow, greatestLimit } from './rule.ts';
import { type Anchor, clauseIn, subjectOf } from './shared/anchor.ts';

interface Slow {
  readonly path: MigrationPath;
  readonly rate: number;
  /** Whether a limit of the service holds it down, and not the link. */
  readonly isLimited: boolean;
  readonly anchor: Anchor;
}

export const migrationNetworkSlow = defineRule<Slow>({
  id: 'migration-network-slow',
  title: 'The migration network is too slow for live migration',
  painPoint: 'congested-storage-network',
  owners: ['network', 'server'],
  benefit: 'A host is emptied in minutes, and no VM stands still for seconds',
  why: 'Live migration copies memory while the VM writes to it. On a slow link the writing wins: the copy never ends, or the VM stands still for the rest. vSphere asks for 250 Mbps for each migration; other platforms name no figure, but copy no faster.',
  formula: 'min(rate of the uplink that carries the migration network, limit of the service) < 250 Mbps',
  inputs: ['host.service', 'vswitch.uplink', 'vswitch.carries', 'host.nic'],
  limitOf: 'least rate for one migration',
  limitUnit: 'rate',
  limits: { warning: LEAST_RATE_PER_MIGRATION },
  source: { text: 'documentation of vSphere 6.5 and 6.7', evidence: 'verified' },
  covers: ['CS08', 'UF02'],
  of: 'host',
  examples: {
    fires: {
      text: `network vmotion
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries vmotion }
  service migration on vmotion limit 200 Mbps
}`,
    },
    silent: {
      text: `network vmotion
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1, nic2; carries vmotion }
  service migration on vmotion limit 2 Gbps
}`,
    },
  },
  find: (host, limits) => {
    const path = carriesLoad(host) ? migrationPath(host) : undefined;
    if (path?.rate === undefined || path.rate <= 0 || !gradeBelow(path.rate, limits)) return [];
    const limit = clauseNumber(path.service, 'limit')?.value;
    const isLimited = limit !== undefined && limit <= path.rate;
    const anchor = isLimited ? clauseIn(path.service, 'limit') : subjectOf(path.service);
    return [{ path, rate: path.rate, isLimited, anchor }];
  },
  say: ({ path, rate, isLimited, anchor }, limits, host) => {
    const least = formatQuantity(greatestLimit(limits) ?? 0, 'rate');
    const uplink = path.virtualSwitch?.uplinks[0];
    return {
      severity: gradeBelow(rate, limits) ?? 'warning',
      message: `Live migration from ${host.name} gets ${formatQuantity(rate, 'rate')}, ${isLimited ? 'by a limit' : 'all its uplink has'}; one move needs ${least}. Busy VMs stand still, or never arrive. ${isLimited ? 'Raise the limit.' : 'Put it on a faster port.'}`,
      ...anchor,
      related: uplink ? [{ ...subjectOf(uplink.by), message: 'the way it takes' }] : [],
    };
  },
  fix: ({ path, isLimited }) =>
    isLimited ? [{ title: 'Remove the limit', edits: removeClause(path.service, 'limit') }] : [],
});
