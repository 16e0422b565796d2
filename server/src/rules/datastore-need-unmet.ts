import { formatShare } from '../base/units.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { datastoreUse } from '../capacity/storage.ts';
import { anotherDatastore, DATASTORE_FULL } from './fixes/another-datastore.ts';
import { extension } from './fixes/extension.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, capacityOf, nameOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Unmet {
  readonly content: Figure;
  readonly need: Figure;
  readonly share: Figure;
  readonly later: number;
  readonly anchor: Anchor;
}

export const datastoreNeedUnmet = defineRule<Unmet>({
  id: 'datastore-need-unmet',
  title: 'The plan needs more space than the datastore has',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'Disks are bought with the plan, and not after its first night',
  why: 'What a plan puts on a datastore is more than what is on it today: VMs that come later, disks written in the text and not yet in the measurement, their swap files and snapshots, and the slack that is to be kept free. How full it is today is the business of `datastore-overfull`; this rule speaks where the plan adds to that, or where the datastore states its slack. Where files leave out zeros or are deduplicated (NFS, vSAN, ZFS and the like) what was measured counts, and only VMs to come are added.',
  formula:
    '(disks + snapshots + swap files + images + files, or measured used, + VMs whose `from` is yet to come) ÷ (1 − slack) ÷ capacity',
  inputs: [
    'datastore.capacity',
    'datastore.slack',
    'datastore.measured',
    'vm.disk',
    'vm.memory',
    'vm.reserve',
    'vm.snapshot',
    'vm.from',
    'design.as-of',
  ],
  limitOf: 'need, slack included, as a share of the capacity',
  limitUnit: 'share',
  limits: { warning: 1, error: 1.25 },
  source: {
    text: 'a slack of 20 % is recalled: state another one with slack; the limits are ours, 125 % being more than there is at all with that slack',
    evidence: 'recalled',
  },
  covers: ['OS02'],
  of: 'datastore',
  examples: {
    fires: {
      text: `design plan { as-of 2026-11-22 }
datastore gold { capacity 10 TiB; measured used 6 TiB }
vm erp-[1..4] { from 2027-02-01; disk 800 GiB on gold }`,
    },
    silent: {
      text: `design plan { as-of 2026-11-22 }
datastore gold { capacity 12 TiB; measured used 6 TiB }
vm erp-[1..4] { from 2027-02-01; disk 800 GiB on gold }`,
    },
  },
  find: (datastore, limits) => {
    const { plan, used } = datastoreUse(datastore);
    const anchor = capacityOf(datastore);
    if (!plan || !anchor || !grade(plan.share.value, limits)) return [];
    const isMoreThanNow = plan.content.value > (used?.value ?? 0) * (1 + 1e-9);
    if (!isMoreThanNow && !plan.isSlackStated) return [];
    const { content, need, share, laterVms } = plan;
    return [{ content, need, share, later: laterVms.length, anchor }];
  },
  say: ({ content, need, share, later, anchor }, limits, datastore) => {
    const slack = need.inputs?.[1];
    const coming = later > 0 ? `, ${counted(later, 'VM')} to come included` : '';
    const kept = slack
      ? ` and ${formatShare(slack.value)} kept free${slack.origin === 'assumed' ? ' (assumed)' : ''}`
      : '';
    const room = share.inputs?.[1];
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `The plan puts ${content.isAtLeast ? 'at least ' : ''}${formatFigure(content)} on ${datastore.name}${coming}; with that${kept} it needs ${formatFigure(need)} of ${room ? formatFigure(room) : 'its capacity'}. Plan disks for another datastore, or extend it.`,
      ...anchor,
      figures: [share],
      related: datastoreUse(datastore)
        .plan?.laterVms.slice(0, 6)
        .flatMap((vm) => {
          const at = nameOf(vm);
          return at ? [{ ...at, message: `${vm.name} comes later` }] : [];
        }),
    };
  },
  fix: ({ content, need, share }, datastore, limits) => {
    const limit = leastLimit(limits) ?? 1;
    const { vms, plan } = datastoreUse(datastore);
    // What is kept free of one is kept free of the other, too.
    const filled = content.value / need.value;
    const excess = content.value - limit * filled * (need.value / share.value);
    return [
      ...extension(datastore, need.value / limit),
      ...anotherDatastore(datastore, {
        excess,
        limit: Math.min(filled, DATASTORE_FULL),
        by: ({ written }) => written,
        vms: [...vms, ...(plan?.laterVms ?? [])],
      }),
    ];
  },
});
