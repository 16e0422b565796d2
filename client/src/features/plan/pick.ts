import { type QuickPickItem, window } from 'vscode';
import type { PlanChoices, PlanCluster, WireWish } from '../../../../server/src/protocol/plans.ts';

interface WishItem extends QuickPickItem {
  /** The wish, or what has to be asked first. */
  readonly wish: () => Promise<WireWish | undefined>;
}

/** Asks what to plan; undefined if the user has thought better of it. */
export async function pickWish(choices: PlanChoices): Promise<WireWish | undefined> {
  const items = [...choices.clusters.flatMap((cluster) => itemsOf(cluster, choices)), ...wavesOf(choices)];
  const picked = await window.showQuickPick(items, {
    title: 'Plan Moves',
    placeHolder: 'What is to be planned?',
    matchOnDescription: true,
  });
  return await picked?.wish();
}

function itemsOf(cluster: PlanCluster, { classes }: PlanChoices): readonly WishItem[] {
  const { id, name, hosts, unplaced, crowded } = cluster;
  const item = (label: string, detail: string, wish: WishItem['wish']): WishItem => ({
    label,
    description: name,
    detail,
    wish,
  });
  const simple =
    (kind: 'rebalance' | 'failover' | 'spread' | 'place' | 'consolidate') => async (): Promise<WireWish> => ({
      kind,
      cluster: id,
    });
  const items: WishItem[] = [];
  if (unplaced > 0)
    items.push(
      item(
        '$(target) Place VMs on hosts',
        `${unplaced} of its pool, or without any place, get their hosts`,
        simple('place'),
      ),
    );
  if (hosts.length > 1) {
    items.push(
      item('$(law) Rebalance', 'CPU, memory, vCPUs and network as even as moves can make them', simple('rebalance')),
      item('$(tools) Empty a host for maintenance', 'all its VMs find room on the others', () => pickHost(cluster)),
      item(
        '$(shield) Make N+1 hold',
        'what is left takes in the loss that failover names, or that of one host',
        simple('failover'),
      ),
    );
    if (crowded > 0)
      items.push(
        item(
          '$(split-horizontal) Spread replicas',
          'what must be apart, and replicas, over more hosts',
          simple('spread'),
        ),
      );
    items.push(
      item(
        '$(fold-down) Consolidate',
        'as few hosts as can carry everything, and what that saves',
        simple('consolidate'),
      ),
    );
  }
  if (classes.length > 0 && hosts.length > 0)
    items.push(
      item('$(add) Fit in new VMs of a class', 'how many more find room, and where', () => pickClass(cluster, classes)),
    );
  return items;
}

/** Physical servers that wait for a wave. */
function wavesOf({ unconverted }: PlanChoices): readonly WishItem[] {
  if (unconverted === 0) return [];
  const detail = `${unconverted} physical servers get one of the waves that state a window`;
  return [{ label: '$(server) Convert servers in waves', detail, wish: async () => ({ kind: 'migrate' }) }];
}

async function pickHost({ hosts }: PlanCluster): Promise<WireWish | undefined> {
  const items = hosts.map(({ id, name, vms }) => ({ label: name, description: vms === 1 ? '1 VM' : `${vms} VMs`, id }));
  const picked = await window.showQuickPick(items, { title: 'Empty a Host', placeHolder: 'Which host?' });
  return picked && { kind: 'evacuate', host: picked.id };
}

async function pickClass({ id, name }: PlanCluster, classes: readonly string[]): Promise<WireWish | undefined> {
  const className = await window.showQuickPick([...classes], {
    title: `Fit in New VMs: ${name}`,
    placeHolder: 'Of which class?',
  });
  if (className === undefined) return undefined;
  const count = await window.showInputBox({
    title: `Fit in New VMs of ${className}: ${name}`,
    prompt: 'How many? Leave it empty to see how many more would fit.',
    validateInput: (text) =>
      /^([1-9]\d{0,3})?$/.test(text.trim()) ? undefined : 'A number from 1 to 9999, or nothing',
  });
  if (count === undefined) return undefined;
  return { kind: 'fit', cluster: id, className, ...(count.trim() === '' ? {} : { count: Number(count) }) };
}
