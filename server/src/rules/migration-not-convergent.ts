import { formatDuration, formatQuantity } from '../base/units.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { type JudgedMigration, judgedMigration } from '../capacity/migration.ts';
import { vmFacts } from '../capacity/vm.ts';
import { dirtyAt, withoutLimit } from './fixes/migration-edits.ts';
import { defineRule, grade, type Severity } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';

interface Chasing extends JudgedMigration {
  readonly share: Figure;
  readonly anchor: Anchor;
}

export const migrationNotConvergent = defineRule<Chasing>({
  id: 'migration-not-convergent',
  title: 'A VM writes to its memory nearly as fast as live migration copies it',
  painPoint: 'application-awareness',
  owners: ['application', 'network', 'server'],
  benefit: 'A move that is started ends, and the users of the VM do not notice it',
  why: 'Live migration copies memory while the VM goes on writing to it, and copies what was written again. From about 80 % of its rate on, each round is hardly shorter than the one before; at 100 % the copy never ends by itself. Then the VM is stopped with much left to copy, or slowed down until the copy catches up, as vSphere does. A VM that states the working set it writes to is left to the rule of the pause.',
  formula: 'rate at which the VM writes to its memory ÷ rate of the copy',
  inputs: [
    'vm.demand',
    'vm.measured',
    'vm.memory',
    'host.service',
    'host.nic',
    'vswitch.uplink',
    'vswitch.carries',
    'cluster.features',
    'host.hypervisor',
  ],
  limitOf: 'share of the rate of the copy',
  limitUnit: 'share',
  limits: { warning: 0.8, error: 1 },
  source: {
    text: 'that the ratio must stay below 1 follows from the model of pre-copy; 80 % is our choice',
    evidence: 'ours',
  },
  covers: ['AA11'],
  of: 'vm',
  examples: {
    fires: {
      text: `network live
cluster prod {
  features live-migration
  service migration on live limit 2 Gbps
  vswitch vs0 { uplink nic1; carries live }
  host esx-1 { nic nic1 10 Gbps; runs cache }
  host esx-2 { nic nic1 10 Gbps }
}
vm cache { memory 64 GiB; demand dirty 300 MB/s }`,
    },
    silent: {
      text: `network live
cluster prod {
  features live-migration
  service migration on live
  vswitch vs0 { uplink nic1; carries live }
  host esx-1 { nic nic1 10 Gbps; runs cache }
  host esx-2 { nic nic1 10 Gbps }
}
vm cache { memory 64 GiB; demand dirty 300 MB/s }`,
    },
  },
  find: (vm, limits) => {
    const judged = judgedMigration(vm);
    if (!judged || vmFacts(vm).workingSet !== undefined || !grade(judged.migration.dirtyRatio, limits)) return [];
    const anchor = dirtyAt(vm);
    const rate = (label: string, value: number): Figure => ({
      label,
      unit: 'rate',
      value,
      origin: 'derived',
      isAtLeast: false,
    });
    const share = derivedFigure(
      'memory written while it is copied',
      'share',
      judged.migration.dirtyRatio,
      'written ÷ copied',
      [rate('written', judged.dirtyRate), rate('copied', judged.rate)],
    );
    return anchor ? [{ ...judged, share, anchor }] : [];
  },
  say: ({ host, rate, dirtyRate, migration, isSlowed, share, anchor }, limits, vm) => {
    const isEndless = share.value >= 1 - 1e-9;
    const severity: Severity = grade(share.value, limits) ?? 'warning';
    const effect = isSlowed
      ? `it is slowed down until the copy catches up`
      : isEndless
        ? `the copy never catches up, and it stands still for ${formatDuration(migration.downtime)}`
        : `the copy takes ${formatDuration(migration.time)} and a pause of ${formatDuration(migration.downtime)}`;
    const at = nameOf(host);
    return {
      severity: isSlowed && severity === 'error' ? 'warning' : severity,
      message: `${vm.name} writes ${formatQuantity(dirtyRate, 'rate')} to its memory, ${formatFigure(share)} of the ${formatQuantity(rate, 'rate')} of a live move: ${effect}. Give migration a faster link, or move it in a quiet hour.`,
      ...anchor,
      figures: [share],
      related: at ? [{ ...at, message: `${vm.name} runs on ${host.name}` }] : [],
    };
  },
  fix: ({ host }, vm) => withoutLimit(vm, host, ({ dirtyRatio }) => dirtyRatio <= 0.8),
});
