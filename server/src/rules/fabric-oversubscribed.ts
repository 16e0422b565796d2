import { formatNumber } from '../base/units.ts';
import { switchTrunks } from '../capacity/cables.ts';
import { type FabricUse, fabricUse } from '../capacity/fabric.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { linkId } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Oversubscribed {
  readonly use: FabricUse;
  readonly ratio: Figure;
}

export const fabricOversubscribed = defineRule<Oversubscribed>({
  id: 'fabric-oversubscribed',
  title: 'Switch has far more towards its hosts than towards the core',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'Moves, backups and traffic between racks run as fast as the cards that were bought for them',
  why: 'Hosts seldom send all at once, so a switch at the top of a rack may have less towards the core than towards its hosts. Beyond some ratio a few moves or backups at a time fill the way up, and cards of hosts wait for each other. Which ratio hurts depends on how much traffic leaves the rack: it is for a policy to set, and tighter for storage. Links that stand by do not count.',
  formula: 'Σ rate of active uplinks and storage paths of hosts cabled to the switch ÷ Σ rate of its own uplinks',
  inputs: ['switch.uplink', 'vswitch.uplink', 'host.nic', 'host.hba', 'host.path'],
  limitOf: 'rate towards hosts for each bit per second towards the core',
  limits: { warning: 4 },
  source: { text: '4 to 1 is recalled as common between the access layer and the core', evidence: 'recalled' },
  covers: ['RS23'],
  of: 'switch',
  examples: {
    fires: {
      text: `switch core { ports 32 x 100 Gbps }
switch tor { ports 48 x 10 Gbps; uplink 1 x 40 Gbps to core }
host esx-[1..20] { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor } }`,
    },
    silent: {
      text: `switch core { ports 32 x 100 Gbps }
switch tor { ports 48 x 10 Gbps; uplink 2 x 40 Gbps to core }
host esx-[1..20] { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor } }`,
    },
  },
  find: (fabricSwitch, limits) => {
    const use = fabricUse(fabricSwitch);
    return use?.ratio && grade(use.ratio.value, limits) ? [{ use, ratio: use.ratio }] : [];
  },
  say: ({ use, ratio }, limits, fabricSwitch) => {
    const [down, up] = ratio.inputs ?? [];
    const amounts =
      down && up
        ? `${formatFigure(down)} towards ${counted(use.hosts, 'host')}, ${formatFigure(up)} towards the core`
        : '';
    return {
      severity: grade(ratio.value, limits) ?? 'warning',
      message: `${fabricSwitch.name} is oversubscribed ${formatFigure(ratio)}: ${amounts}; ${formatNumber(leastLimit(limits) ?? 0)}:1 is usual. Moves and backups between racks wait for each other. Add uplinks, or keep what talks much in one rack.`,
      ...subjectOf(use.by),
      figures: [ratio],
      links: switchTrunks(fabricSwitch).map(({ from, to }) => linkId(from, to)),
    };
  },
  fix: ({ use, ratio }, _, limits) => {
    const { by } = use;
    const limit = leastLimit(limits);
    const [count, rate] = [0, 1].map((slot) => partOf(by.sentence.subject, slot, by.index));
    const isPlain = by.layer.source === 'own' && !by.sentence.subject?.each && use.statements === 1;
    if (!isPlain || limit === undefined || count?.type !== 'number' || rate?.type !== 'quantity') return [];
    const needed = Math.ceil((ratio.inputs?.[0]?.value ?? 0) / limit / rate.value - 1e-9);
    // More than four times as many is another switch, not a fix.
    if (needed <= count.value || needed > count.value * 4) return [];
    return [
      {
        title: `Give it ${needed} uplinks instead of ${count.value}`,
        edits: replaceAt(by.place, { from: count.from, to: count.to }, String(needed)),
      },
    ];
  },
});
