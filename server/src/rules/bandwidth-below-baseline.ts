import { sumIfKnown } from '../base/sum.ts';
import { formatQuantity } from '../base/units.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad, portsOf } from '../capacity/host.ts';
import { fairShare } from '../capacity/models/network-uplinks.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseText, type StatedNumber } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { moreUplinks } from './fixes/uplink-edits.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf, uplinksAt } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Baseline {
  readonly vm: Entity;
  readonly server: Entity;
  readonly used: StatedNumber;
  /** What its network cards could carry. */
  readonly owned: number | undefined;
}

interface Regression {
  readonly virtualSwitch: VirtualSwitch;
  readonly baselines: readonly Baseline[];
  readonly capacity: Figure;
  readonly needed: Figure;
  readonly share: number;
  readonly anchor: Anchor;
}

export const bandwidthBelowBaseline = defineRule<Regression>({
  id: 'bandwidth-below-baseline',
  title: 'VMs get less bandwidth than the servers they replace used',
  painPoint: 'resource-starvation',
  owners: ['network', 'application', 'server'],
  benefit: 'An application is as fast after consolidation as it was on hardware of its own',
  why: 'A physical server has its network card to itself. Ten of them as VMs on one host share one card through a software switch, and what each used at its peak is no longer there for all at once. It hurts where the servers were busy together; where their measured use fits on the uplinks, nothing is said.',
  formula:
    'Σ rate of active uplinks ÷ VMs on them, against what each replaced server was measured to use; and Σ of that use > Σ rate of active uplinks',
  inputs: ['vm.replaces', 'vm.nic', 'server.measured', 'server.nic', 'vswitch.uplink', 'vswitch.carries', 'host.nic'],
  severity: 'warning',
  source: {
    text: 'the case of ten VMs on one network card that is told of early consolidations; formula ours',
    evidence: 'ours',
  },
  covers: ['RS10'],
  of: 'host',
  examples: {
    fires: {
      text: `network lan
server old-[1..4] { nic 1 x 1 Gbps; measured net 400 Mbps as p95 }
host esx-01 {
  nic vmnic0 1 Gbps
  vswitch vs0 { uplink vmnic0; carries lan }
  runs app-[1..4]
}
vm app-[1..4] { nic lan; replaces each old-[1..4] }`,
    },
    silent: {
      text: `network lan
server old-[1..4] { nic 1 x 1 Gbps; measured net 200 Mbps as p95 }
host esx-01 {
  nic vmnic0 1 Gbps
  vswitch vs0 { uplink vmnic0; carries lan }
  runs app-[1..4]
}
vm app-[1..4] { nic lan; replaces each old-[1..4] }`,
    },
  },
  find: (host) => (carriesLoad(host) ? switchesOf(host).flatMap(regressionOn) : []),
  say: ({ virtualSwitch, baselines, capacity, needed, share, anchor }, _, host) => {
    const { name, vms } = virtualSwitch;
    const owned = sumIfKnown(baselines.map((baseline) => baseline.owned));
    const had = owned === undefined ? '' : `, on ${formatQuantity(owned, 'rate')} of their own`;
    const measure = new Set(baselines.map(({ used }) => clauseText(used.by, 'as') ?? 'measured'));
    const how = measure.size === 1 ? [...measure].join() : 'measured';
    return {
      severity: 'warning',
      message: `${counted(vms.length, 'VM')} share ${formatFigure(capacity)} of ${name} on ${host.name}, ${formatQuantity(share, 'rate')} each. As physical servers they used ${formatFigure(needed)} together (${how})${had}. Add uplinks, or spread the VMs.`,
      ...anchor,
      figures: [needed, capacity],
      related: baselines.slice(0, 8).flatMap(({ server, used }) => {
        const at = nameOf(server);
        return at ? [{ ...at, message: `${server.name} used ${formatQuantity(used.value, 'rate')}` }] : [];
      }),
    };
  },
  fix: ({ virtualSwitch, needed }, host) => moreUplinks(virtualSwitch, needed.value, host),
});

function regressionOn(virtualSwitch: VirtualSwitch): Regression[] {
  const { capacity, vms } = virtualSwitch;
  const share = fairShare(capacity?.value, vms.length);
  const baselines = vms.flatMap(baselineOf);
  if (!capacity || share === undefined || !baselines.some(({ used }) => used.value > share)) return [];
  const inputs = baselines.map(
    ({ server, used }): Figure => ({
      label: server.name,
      unit: 'rate',
      value: used.value,
      origin: 'stated',
      isAtLeast: false,
      by: used.by,
    }),
  );
  const needed = derivedFigure(
    'bandwidth used before',
    'rate',
    sumIfKnown(inputs.map(({ value }) => value)) ?? 0,
    'Σ measured use of the replaced servers',
    inputs,
  );
  const anchor = uplinksAt(virtualSwitch);
  if (needed.value <= capacity.value || !anchor) return [];
  return [{ virtualSwitch, baselines, capacity, needed, share, anchor }];
}

function baselineOf(vm: Entity): Baseline[] {
  const { replaces: server } = vmFacts(vm);
  if (!server) return [];
  const props = propsOf(server);
  const [tx, rx] = [props.clauseNumber('measured', 'tx'), props.clauseNumber('measured', 'rx')];
  const used = props.clauseNumber('measured', 'net') ?? (tx && rx && rx.value > tx.value ? rx : (tx ?? rx));
  return used ? [{ vm, server, used, owned: sumIfKnown(portsOf(server, 'nic').map(({ rate }) => rate)) }] : [];
}
