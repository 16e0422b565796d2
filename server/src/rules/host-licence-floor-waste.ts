import type { Figure } from '../capacity/figure.ts';
import { costOfCores, type FloorWaste, floorWasteOf } from '../capacity/licences.ts';
import { formatMoney } from '../capacity/money.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Waste {
  readonly cpu: Stated;
  readonly waste: FloorWaste;
  readonly cores: Figure;
}

export const hostLicenceFloorWaste = defineRule<Waste>({
  id: 'host-licence-floor-waste',
  title: 'Licences are paid for cores that are not there',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'Licences pay for cores that work',
  why: 'Licences per core are charged for a least number of cores per CPU and per host. Small CPUs are charged as if they were larger, so two CPUs of 12 cores may cost as much as two of 16. The minimum that the licence states counts, else the one that its vendor is known for; the order minimum is left out, because it is not due to one host.',
  formula: 'max(sockets × max(minimum per socket, cores per socket), minimum per host) − cores',
  inputs: ['host.cpu', 'host.licences', 'licence.minimum', 'licence.product', 'licence.cost'],
  limitOf: 'cores charged and not there, per host',
  limits: { info: 0 },
  source: { text: 'minimums of the vendors as secondary sources agree on them', evidence: 'recalled' },
  covers: ['UC01', 'UC02'],
  of: 'host',
  unmendable: 'It takes other CPUs, or another licence.',
  examples: {
    fires: {
      text: `licence vvf { product esxi edition foundation; cost 190 USD/core/year; minimum per-socket 16 }
host esx-1 { hypervisor esxi 8.0; licences vvf; cpu 2 x 12 cores 3.0 GHz; cost 16_900 USD }`,
    },
    silent: {
      text: `licence vvf { product esxi edition foundation; cost 190 USD/core/year; minimum per-socket 16 }
host esx-1 { hypervisor esxi 8.0; licences vvf; cpu 2 x 16 cores 3.0 GHz; cost 16_900 USD }`,
    },
  },
  find: (host, limits) => {
    const cpu = propsOf(host).one('cpu');
    const waste = floorWasteOf(host);
    if (!cpu || !waste || !grade(waste.wasted, limits)) return [];
    const cores: Figure = {
      label: 'cores charged and not there',
      unit: 'cores',
      value: waste.wasted,
      origin: 'derived',
      isAtLeast: false,
      formula: 'cores charged − cores',
    };
    return [{ cpu, waste, cores }];
  },
  say: ({ cpu, waste, cores }, limits, host) => {
    const price = costOfCores(waste.licence, waste.wasted);
    const money = price ? ` (${formatMoney(price.amount, price.currency)}${price.isYearly ? ' a year' : ''})` : '';
    const at = waste.licence.declaration.head();
    return {
      severity: grade(waste.wasted, limits) ?? 'info',
      message: `${waste.licence.name} charges ${host.name} for ${waste.charged} cores and it has ${waste.physical}: ${waste.wasted} are paid for nothing${money}. CPUs with more cores each, or fewer of them, waste none.`,
      at: cpu,
      span: subjectOf(cpu).span,
      figures: [cores],
      related: at ? [{ at, message: `minimum of ${waste.licence.name}` }] : [],
    };
  },
});
