import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { addToList, referenceText } from '../design/reference-text.ts';
import { isComplete, propsOf, referred } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { clauseIn, nameOf, subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Cut {
  readonly by: Stated;
  readonly address: string;
  readonly adc: Entity;
  readonly cause:
    | { readonly kind: 'no-leg' | 'no-way'; readonly network: Entity; readonly vms: readonly Entity[] }
    | { readonly kind: 'no-pool' };
}

export const vipUnreachable = defineRule<Cut>({
  id: 'vip-unreachable',
  title: 'A delivery controller does not reach what it should deliver',
  painPoint: 'application-awareness',
  owners: ['network', 'application'],
  benefit: 'A virtual address leads to VMs that answer, wherever they move',
  why: 'A virtual address is answered by a controller with a leg in its network, and leads to members that the controller reaches, by a leg or through a router. VMs move with their networks; a controller does not. Only said of controllers that state their networks. A network with a gateway or a router counts as reached.',
  formula:
    'network of the address, and networks of its pool without gateway and `routed-by` − `networks` of the controller',
  inputs: ['app.vip', 'adc.networks', 'vm.nic', 'network.subnet', 'network.routed-by'],
  severity: 'warning',
  source: { text: 'how delivery controllers reach their members', evidence: 'ours' },
  covers: ['AA02'],
  of: 'app',
  examples: {
    fires: {
      text: `network front { subnet 10.1.10.0/24 gateway 10.1.10.1 }
network back { subnet 10.1.20.0/24 }
adc lb { networks front }
app shop {
  vip 10.1.10.50 on front via lb pool web-[1..2] monitor "GET /health"
  vm web-[1..2] { nic back }
}`,
    },
    silent: {
      text: `network front { subnet 10.1.10.0/24 gateway 10.1.10.1 }
network back { subnet 10.1.20.0/24 }
adc lb { networks front, back }
app shop {
  vip 10.1.10.50 on front via lb pool web-[1..2] monitor "GET /health"
  vm web-[1..2] { nic back }
}`,
    },
  },
  find: (app) =>
    propsOf(app)
      .keyed('vip', (sentence) => String(sentence.subject?.from))
      .flatMap((by) => {
        const address = by.sentence.statement.args[0]?.text;
        const adcs = referred(by, ['adc'], 'via');
        return address === undefined ? [] : adcs.flatMap((adc) => cutsOf(by, address, adc));
      }),
  say: ({ by, address, adc, cause }, _limits, app) => {
    const leg = propsOf(adc).one('networks') ?? adc.declaration.head();
    const related = leg ? [{ at: leg, message: `networks of ${adc.name}` }] : [];
    if (cause.kind === 'no-pool')
      return {
        severity: 'warning',
        message: `${address} of ${app.name} is answered by ${adc.name} and names no members, so nobody can see where users go when a VM moves or fails. State its pool.`,
        at: by,
        span: subjectOf(by).span,
      };
    return {
      severity: 'warning',
      message:
        cause.kind === 'no-leg'
          ? `${adc.name} should answer ${address} on ${cause.network.name} and has no leg there, so users of ${app.name} reach nothing. Add ${cause.network.name} to its networks.`
          : `${adc.name} has no leg on ${cause.network.name}, which no gateway leads to either: ${namesOf(cause.vms)} ${cause.vms.length === 1 ? 'gets' : 'get'} no users of ${app.name}. Add ${cause.network.name} to its networks, or state who routes it.`,
      at: by,
      span: clauseIn(by, 'via').span,
      related: [
        ...related,
        ...cause.vms.slice(0, 4).flatMap((vm) => {
          const at = nameOf(vm);
          return at ? [{ ...at, message: `${vm.name} is on ${cause.network.name}` }] : [];
        }),
      ],
    };
  },
  fix: ({ adc, cause }) => {
    if (cause.kind === 'no-pool') return [];
    const stated = propsOf(adc).one('networks');
    const head = adc.declaration.head();
    const text = referenceText(cause.network, { entity: adc, declaration: adc.declaration });
    const edits = stated
      ? addToList(stated, cause.network)
      : head && text !== undefined
        ? addToBody(head, `networks ${text}`)
        : [];
    return edits.length > 0
      ? [{ title: `Give ${adc.name} a leg on ${cause.network.name}`, edits, isPreferred: true }]
      : [];
  },
});

function cutsOf(by: Stated, address: string, adc: Entity): Cut[] {
  const stated = propsOf(adc).list('networks');
  const { clauses } = by.sentence;
  if (!clauses.has('pool')) return [{ by, address, adc, cause: { kind: 'no-pool' } }];
  if (stated.length === 0 || !stated.every((one) => isComplete(one, ['network']))) return [];
  const legs = new Set(stated.flatMap((one) => referred(one, ['network'])));
  const [own] = referred(by, ['network'], 'on');
  if (own && !legs.has(own)) return [{ by, address, adc, cause: { kind: 'no-leg', network: own, vms: [] } }];
  const cut = new Map<Entity, Entity[]>();
  for (const vm of referred(by, ['vm'], 'pool')) {
    const networks = vmFacts(vm).nics.flatMap(({ network }) => network ?? []);
    const [network] = networks;
    if (!network || networks.some((one) => legs.has(one) || isRouted(one))) continue;
    cut.set(network, [...(cut.get(network) ?? []), vm]);
  }
  return [...cut].map(([network, vms]) => ({ by, address, adc, cause: { kind: 'no-way', network, vms } }));
}

/** Whether something leads there; a network that says nothing of its subnets may well be routed. */
function isRouted(network: Entity): boolean {
  const props = propsOf(network);
  const subnets = props.list('subnet');
  return (
    subnets.length === 0 || props.has('routed-by') || subnets.some(({ sentence }) => sentence.clauses.has('gateway'))
  );
}
