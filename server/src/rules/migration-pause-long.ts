import { formatDuration, formatQuantity } from '../base/units.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { type JudgedMigration, judgedMigration } from '../capacity/migration.ts';
import { vmFacts } from '../capacity/vm.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { appOf, propsOf } from '../design/things.ts';
import { dirtyAt, withoutLimit } from './fixes/migration-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, clauseIn, nameOf } from './shared/anchor.ts';

interface Paused extends JudgedMigration {
  readonly pause: Figure;
  /** The promise of its application, if it gives one. */
  readonly promise: { readonly by: Stated; readonly time: number; readonly app: string } | undefined;
  /** The longest pause that is borne. */
  readonly bound: number;
  readonly anchor: Anchor;
}

export const migrationPauseLong = defineRule<Paused>({
  id: 'migration-pause-long',
  title: 'A VM stands still too long when it moves live',
  painPoint: 'application-awareness',
  owners: ['application', 'network', 'server'],
  benefit: 'Applications keep their promises while VMs move',
  why: 'At the end of a live migration the VM is stopped and the rest of its memory copied. How long that takes follows from what it writes and from the rate of the copy. An application may say how long a pause it can bear with `slo downtime`; without, half a second is taken, which QEMU aims to stay below. Nothing is said of VMs that do not state how much memory they write.',
  formula: 'downtime by the model of pre-copy migration > `slo downtime` of its application, else the limit',
  inputs: [
    'app.slo',
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
  limitOf: 'pause, where its application states none',
  limitUnit: 'time',
  limits: { warning: 0.5 },
  source: { text: '500 ms is the downtime that QEMU is commonly told to stay below', evidence: 'recalled' },
  covers: ['AA12'],
  of: 'vm',
  examples: {
    fires: {
      text: `network live
cluster prod {
  features live-migration
  service migration on live limit 1 Gbps
  vswitch vs0 { uplink nic1; carries live }
  host esx-1 { nic nic1 10 Gbps; runs db }
  host esx-2 { nic nic1 10 Gbps }
}
app ledger {
  slo downtime 200 ms
  vm db { memory 16 GiB; demand dirty 50 MB/s }
}`,
    },
    silent: {
      text: `network live
cluster prod {
  features live-migration
  service migration on live
  vswitch vs0 { uplink nic1; carries live }
  host esx-1 { nic nic1 10 Gbps; runs db }
  host esx-2 { nic nic1 10 Gbps }
}
app ledger {
  slo downtime 200 ms
  vm db { memory 16 GiB; demand dirty 50 MB/s }
}`,
    },
  },
  find: (vm, limits) => {
    const judged = judgedMigration(vm);
    if (!judged) return [];
    const app = appOf(vm);
    const by = app && propsOf(app).withClause('slo', 'downtime');
    const time = by && clauseNumber(by, 'downtime')?.value;
    const promise = app && by && time !== undefined ? { by, time, app: app.name } : undefined;
    const { downtime, dirtyRatio } = judged.migration;
    // What never ends, or is slowed down until it does, has a rule of its own.
    const isChasing = dirtyRatio > 0.8 && vmFacts(vm).workingSet === undefined;
    if (isChasing && (!promise || judged.isSlowed)) return [];
    if (!grade(downtime, promise ? { warning: promise.time } : limits)) return [];
    const anchor = promise ? clauseIn(promise.by, 'downtime') : dirtyAt(vm);
    const pause = derivedFigure('pause', 'time', downtime, 'memory left after the last round ÷ rate of the copy', [
      { label: 'rate of the copy', unit: 'rate', value: judged.rate, origin: 'derived', isAtLeast: false },
      { label: 'memory written', unit: 'rate', value: judged.dirtyRate, origin: 'derived', isAtLeast: false },
    ]);
    const bound = promise?.time ?? leastLimit(limits) ?? downtime;
    return anchor ? [{ ...judged, pause, promise, bound, anchor }] : [];
  },
  say: ({ host, rate, dirtyRate, pause, promise, bound, anchor }, limits, vm) => {
    const at = nameOf(vm);
    const measure = promise
      ? `${promise.app} may pause for ${formatDuration(promise.time)} at most`
      : `more than ${formatDuration(bound)} is noticed`;
    return {
      severity: promise ? 'warning' : (grade(pause.value, limits) ?? 'warning'),
      message: `${vm.name} stands still for ${formatDuration(pause.value)} when it moves live from ${host.name}, and ${measure}: it writes ${formatQuantity(dirtyRate, 'rate')}, ${formatQuantity(rate, 'rate')} is copied. Give migration a faster link, or keep it where it is.`,
      ...anchor,
      figures: [pause],
      related: at && promise ? [{ ...at, message: `${vm.name} runs on ${host.name}` }] : [],
    };
  },
  fix: ({ host, bound }, vm) => withoutLimit(vm, host, ({ downtime }) => downtime <= bound),
});
