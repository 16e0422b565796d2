import { formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { type MigrationPath, migrationPath } from '../capacity/migration.ts';
import { replaceAt } from '../design/edits.ts';
import { clauseNumber, partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { clauseIn, isOwn, subjectOf } from './shared/anchor.ts';

interface Eager {
  readonly by: Stated;
  readonly rate: number;
  readonly path: MigrationPath;
}

/** The level at which every small gain is worth a move. */
const EAGER_LEVEL = 5;

export const drsTooEager = defineRule<Eager>({
  id: 'drs-too-eager',
  title: 'VMs are moved for every small gain over a slow network',
  painPoint: 'congested-storage-network',
  owners: ['server', 'network'],
  benefit: 'Moves happen where they help, and leave the network to the applications',
  why: 'At its most eager level, automatic balancing moves VMs for the slightest gain, at any hour. On a migration network of one gigabit each move fills the link for minutes, and moves that nobody planned bring down what shares it. It does not hurt on ten gigabits, or where people confirm each move.',
  formula: 'drs full at level 5 ∧ rate of the uplink that carries the migration network < 2.5 Gbps',
  inputs: ['cluster.drs', 'host.service', 'vswitch.uplink', 'vswitch.carries', 'host.nic'],
  limitOf: 'least rate of the migration network for the most eager balancing',
  limitUnit: 'rate',
  limits: { warning: 2.5e9 },
  source: {
    text: 'unplanned moves that bring a LAN to a standstill are told in F5, Keeping Your Head Above the Cloud; that 1 Gbps is too little is ours',
    evidence: 'ours',
  },
  covers: ['CS14'],
  of: 'cluster',
  examples: {
    fires: {
      text: `network vmotion
cluster prod {
  failover none
  features live-migration
  drs full level 5
  vswitch vs0 { uplink nic1; carries vmotion }
  service migration on vmotion
  host esx-[1..2] { nic nic[1..2] 1 Gbps }
}`,
    },
    silent: {
      text: `network vmotion
cluster prod {
  failover none
  features live-migration
  drs full level 3
  vswitch vs0 { uplink nic1; carries vmotion }
  service migration on vmotion
  host esx-[1..2] { nic nic[1..2] 1 Gbps }
}`,
    },
  },
  find: (cluster, limits) => {
    const by = propsOf(cluster).one('drs');
    const level = by && clauseNumber(by, 'level')?.value;
    if (!by || propsOf(cluster).word('drs') !== 'full' || (level ?? 0) < EAGER_LEVEL) return [];
    const paths = liveHosts(cluster).flatMap((host) => migrationPath(host) ?? []);
    const slow = paths.find(({ rate }) => rate !== undefined && rate > 0 && gradeBelow(rate, limits));
    return slow?.rate ? [{ by, rate: slow.rate, path: slow }] : [];
  },
  say: ({ by, rate, path }, limits, cluster) => ({
    severity: gradeBelow(rate, limits) ?? 'warning',
    message: `${cluster.name} moves VMs by itself for the slightest gain (level ${clauseNumber(by, 'level')?.value}) over ${formatQuantity(rate, 'rate')}. Moves that nobody planned fill that link for minutes each. Use level 3, or a faster migration network.`,
    ...clauseIn(by, 'level'),
    related: [{ ...subjectOf(path.service), message: 'the migration network' }],
  }),
  fix: ({ by }, cluster) => {
    const part = partOf(by.sentence.clauses.get('level')?.value, 0, by.index);
    return part && isOwn(cluster, by)
      ? [{ title: 'Use level 3', edits: replaceAt(by.place, part, '3'), isPreferred: true }]
      : [];
  },
});
