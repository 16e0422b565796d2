import { formatQuantity } from '../base/units.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { fanIn } from '../capacity/models/storage-paths.ts';
import { arrayPorts, hostsReaching, pathsTo } from '../capacity/san.ts';
import type { Stated } from '../design/props.ts';
import { morePorts } from './fixes/array-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Narrow {
  readonly ratio: Figure;
  readonly hosts: number;
  readonly by: Stated;
}

export const arrayFanInHigh = defineRule<Narrow>({
  id: 'array-fan-in-high',
  title: 'Many host ports share few ports of the array',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network'],
  benefit: 'The busiest hour of all hosts together still passes the ports of the array',
  why: 'Hosts are rarely busy at the same moment, so their ports may add up to more than those of the array. How much more is a matter of experience: beyond some seven to one, a backup or a boot of everything meets a jam at the array, and on Fibre Channel a jam backs up into the fabric and slows others. Where throughput is stated, array-ports-overloaded says more.',
  formula: 'Σ rate of host ports whose paths lead to the array ÷ Σ ports × rate of the array',
  inputs: ['host.path', 'host.hba', 'host.nic', 'array.ports'],
  limitOf: 'rate of host ports over that of the ports of the array',
  limits: { warning: 7 },
  source: { text: 'seven to one is recalled, and vendors name other figures', evidence: 'recalled' },
  covers: ['CS13'],
  of: 'array',
  examples: {
    fires: {
      text: `switch san-[a,b] { type fc }
array shelf {
  usable 20 TiB
  ports 2 x 16 Gbps to san-a
  ports 2 x 16 Gbps to san-b
}
host esx-[01..16] {
  hba hba[1..2] 16 Gbps
  path hba1 to san-a
  path hba2 to san-b
}`,
    },
    silent: {
      text: `switch san-[a,b] { type fc }
array shelf {
  usable 20 TiB
  ports 4 x 16 Gbps to san-a
  ports 4 x 16 Gbps to san-b
}
host esx-[01..16] {
  hba hba[1..2] 16 Gbps
  path hba1 to san-a
  path hba2 to san-b
}`,
    },
  },
  find: (array, limits) => {
    const ports = arrayPorts(array);
    const [first] = ports;
    const hosts = hostsReaching(array);
    if (!first || hosts.length === 0) return [];
    const rates = hosts.flatMap((host) => pathsTo(array, host).map(({ rate }) => rate));
    const known = rates.filter((rate) => rate !== undefined);
    const asked = known.reduce((sum, rate) => sum + rate, 0);
    const given = ports.reduce((sum, { count, rate }) => sum + count * rate, 0);
    const value = fanIn(asked, given);
    if (value === undefined || !grade(value, limits)) return [];
    const inputs: Figure[] = [
      { label: 'host ports', unit: 'rate', value: asked, origin: 'derived', isAtLeast: known.length < rates.length },
      { label: 'array ports', unit: 'rate', value: given, origin: 'stated', isAtLeast: false, by: first.by },
    ];
    const ratio = derivedFigure('fan-in', 'ratio', value, 'Σ host ports ÷ Σ array ports', inputs);
    return [{ ratio, hosts: hosts.length, by: first.by }];
  },
  say: ({ ratio, hosts, by }, limits, array) => {
    const [asked, given] = ratio.inputs ?? [];
    const amounts =
      asked && given ? `, ${formatQuantity(asked.value, 'rate')} on ${formatQuantity(given.value, 'rate')}` : '';
    const severity = grade(ratio.value, limits) ?? 'warning';
    return {
      severity,
      message: `Ports of ${counted(hosts, 'host')} share those of ${array.name} ${formatFigure(ratio)}${amounts}; ${formatFigure({ value: limits[severity] ?? 0, unit: 'ratio' })} is the most that is usual. When everything starts or is saved at once, it jams there. Use more or faster ports on the array.`,
      ...subjectOf(by),
      figures: [ratio],
    };
  },
  fix: ({ ratio }, array, limits) => morePorts(array, ratio.value / (leastLimit(limits) ?? ratio.value)),
});
