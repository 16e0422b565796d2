import { type MtuGap, mtuGapsOf } from '../capacity/mtu.ts';
import { addToBody, type FileEdit, replaceAt } from '../design/edits.ts';
import type { Props } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { clauseIn } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

export const mtuMismatch = defineRule<MtuGap>({
  id: 'mtu-mismatch',
  title: 'A service sends larger frames than its path takes',
  painPoint: 'unused-features',
  owners: ['network', 'server', 'storage'],
  benefit: 'Large frames work end to end, or nobody relies on them',
  why: 'Large frames pay only if every part of the way takes them. One port with a smaller limit drops them without a message: small packets pass, so the link looks fine until a migration or a backup stalls. Parts that state no mtu are taken to take 1500, and are only warned of.',
  formula: 'mtu of the service > least mtu of network, virtual switch, physical switches and, for storage, arrays',
  inputs: [
    'host.service',
    'host.mount',
    'network.mtu',
    'vswitch.mtu',
    'vswitch.carries',
    'vswitch.uplink',
    'switch.mtu',
    'array.mtu',
    'array.protocol',
  ],
  severity: 'error',
  source: { text: 'how Ethernet treats frames that are too long', evidence: 'recalled' },
  covers: ['UF05'],
  of: 'host',
  examples: {
    fires: {
      text: `network live { mtu 9000 }
switch tor-a { mtu 9216 }
host esx-1 {
  nic nic1 10 Gbps
  service migration on live mtu 9000
  vswitch vs0 { uplink nic1 to tor-a; carries live }
}`,
    },
    silent: {
      text: `network live { mtu 9000 }
switch tor-a { mtu 9216 }
host esx-1 {
  nic nic1 10 Gbps
  service migration on live mtu 9000
  vswitch vs0 { mtu 9000; uplink nic1 to tor-a; carries live }
}`,
    },
  },
  find: (host) => mtuGapsOf(host),
  say: ({ service, name, mtu, narrow }, _limits, host) => {
    const least = Math.min(...narrow.map((hop) => hop.mtu));
    const isStated = narrow.some((hop) => hop.isStated);
    return {
      severity: isStated ? 'error' : 'warning',
      message: `The ${name} service of ${host.name} sends frames of ${mtu}, but ${listed(narrow.map((hop) => hop.label))} ${narrow.length === 1 ? 'takes' : 'take'} ${least}${isStated ? '' : ' where nothing is stated'}: large transfers stall while small packets pass. Set mtu ${mtu} there, or ${least} on the service.`,
      at: service,
      span: clauseIn(service, 'mtu').span,
      related: narrow.flatMap(({ label, props, mtu: own }) => {
        const at = props.one('mtu') ?? headOf(props);
        return at ? [{ at, message: `${label} takes ${own}` }] : [];
      }),
    };
  },
  fix: ({ service, mtu, narrow }) => {
    const edits = new Map<string, FileEdit>();
    let isWhole = true;
    for (const { props } of narrow) {
      const own = setMtu(props, mtu);
      if (own.length === 0) isWhole = false;
      for (const edit of own) edits.set(`${edit.uri} ${edit.from}`, edit);
    }
    const part = service.sentence.clauses.get('mtu')?.value;
    const least = Math.min(...narrow.map((hop) => hop.mtu));
    const lower = part ? replaceAt(service.place, part, String(least)) : [];
    return [
      ...(isWhole ? [{ title: `Set mtu ${mtu} along the path`, edits: [...edits.values()], isPreferred: true }] : []),
      ...(lower.length > 0 ? [{ title: `Set mtu ${least} on the service`, edits: lower }] : []),
    ];
  },
});

function setMtu(props: Props, mtu: number): FileEdit[] {
  const stated = props.one('mtu');
  const part = stated?.sentence.subject?.parts[0];
  if (stated && part) return replaceAt(stated.place, part, String(mtu));
  const head = headOf(props);
  return head ? addToBody(head, `mtu ${mtu}`) : [];
}

/** The block that a property is best added to: the nearest one that is not an amendment. */
function headOf(props: Props) {
  return props.layers.find(({ source, head }) => source !== 'amend' && head)?.head;
}
