import { formatDuration, formatNumber, formatShare } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { derivedFigure } from '../capacity/figure.ts';
import { hostUse } from '../capacity/load.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { clauseNumber, clauseText, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { clauseIn, nameOf } from './shared/anchor.ts';

interface Waiting {
  readonly ready: number;
  readonly by: Stated;
  readonly host: Entity | undefined;
}

export const cpuReadyHigh = defineRule<Waiting>({
  id: 'cpu-ready-high',
  title: 'VM was seen to wait for a core',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'VMs run when they have something to do',
  why: 'Ready time is the time in which a VM wanted to run and no core was free. It is what users feel of an oversubscribed host, whatever its ratio or its mean use are. A VM with many vCPUs waits most, as it needs several cores at once. State it per vCPU, as a share of time: a counter in milliseconds is divided by the interval and by the number of vCPUs.',
  formula: 'measured ready = ready time ÷ (interval × vCPU)',
  inputs: ['vm.measured', 'vm.state', 'vm.vcpu', 'host.runs'],
  limitOf: 'share of the time that a vCPU waits',
  limitUnit: 'share',
  limits: { warning: 0.05, error: 0.1 },
  source: {
    text: '5 % is the limit of another analyser of inventories, read in its source; 10 % is recalled as what administrators hold unbearable',
    evidence: 'verified',
  },
  covers: ['RS03'],
  of: 'vm',
  unmendable:
    'It was measured, and no text makes it less; where stated demand shows the cause, host-cpu-overloaded plans moves.',
  examples: {
    fires: { text: 'vm db { vcpu 8; measured ready 7 % }' },
    silent: { text: 'vm db { vcpu 8; measured ready 2 % }' },
  },
  find: (vm, limits) => {
    const { ready, state } = vmFacts(vm);
    if (ready === undefined || state !== 'on' || !grade(ready, limits) || !exists(vm)) return [];
    const by = propsOf(vm).withClause('measured', 'ready');
    return by ? [{ ready, by, host: placementOf(vm).host }] : [];
  },
  say: ({ ready, by, host }, limits, vm) => {
    const ratio = host && hostUse(host).vcpuRatio;
    const at = host && nameOf(host);
    const over = clauseNumber(by, 'over');
    const as = clauseText(by, 'as');
    const when = [as, over && `over ${formatDuration(over.value)}`].filter((text) => text !== undefined).join(' ');
    const isCrowded = !ratio || ratio.value > 1;
    const cause = ratio ? ` ${host?.name} has ${formatNumber(ratio.value)} vCPU per core.` : '';
    const mend = isCrowded
      ? 'Give it or its neighbours fewer vCPUs, or move some of them to a host with room.'
      : 'Cores are not what it waits for: look for a CPU limit or a resource pool that holds it.';
    return {
      severity: grade(ready, limits) ?? 'warning',
      message: `A vCPU of ${vm.name} waits ${formatShare(ready)} of the time for a core${when === '' ? '' : ` (${when})`}.${cause} ${mend}`,
      ...clauseIn(by, 'ready'),
      figures: [derivedFigure('ready', 'share', ready, 'measured', []), ...(ratio ? [ratio] : [])],
      related: at ? [{ ...at, message: `${vm.name} runs here` }] : [],
    };
  },
});
