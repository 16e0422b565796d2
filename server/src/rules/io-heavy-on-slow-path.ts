import { formatNumber, formatShare } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { derivedFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { tlsCores } from '../capacity/models/cpu.ts';
import { nicStatement, vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { clauseText, partOf, type Stated } from '../design/props.ts';
import { appOf, propsOf, referred } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { clauseIn, isOwn } from './shared/anchor.ts';

type Heavy =
  | { readonly kind: 'adapter'; readonly by: Stated; readonly adapter: string; readonly host: Entity | undefined }
  | {
      readonly kind: 'tls';
      readonly by: Stated;
      readonly host: Entity;
      readonly tls: number;
      readonly rate: number;
      readonly cores: number;
      readonly vcpus: number;
    };

/** Adapters that the hypervisor emulates register by register. */
const EMULATED: ReadonlySet<string> = new Set(['e1000', 'e1000e', 'legacy']);
/** The paravirtual adapter of each hypervisor. */
const PARAVIRTUAL: Readonly<Record<string, string>> = {
  esxi: 'vmxnet3',
  'hyper-v': 'netvsc',
  kvm: 'virtio',
  proxmox: 'virtio',
  ahv: 'virtio',
};
/** An emulated gigabit adapter is of no use for more. */
const GIGABIT = 1e9;

export const ioHeavyOnSlowPath = defineRule<Heavy>({
  id: 'io-heavy-on-slow-path',
  title: 'Busy VM goes the slow way through the hypervisor',
  painPoint: 'resource-starvation',
  owners: ['server', 'application', 'network'],
  benefit: 'Cryptography and packets cost the cores that they have to, and no more',
  why: 'Most work costs a virtual machine little more than a physical one. Much I/O and cryptography are the exception: a packet through an emulated card stops the guest several times, and each new TLS connection takes a core about a millisecond of arithmetic. A VM that is marked `io-heavy`, sends a gigabit or opens many TLS connections wants the paravirtual adapter or SR-IOV, and its TLS ended on an ADC where it asks for most of its cores. VMs whose application is reached through an ADC are taken to have theirs ended there.',
  formula:
    'io-heavy, demand tls or demand net ≥ 1 Gbps, with an adapter e1000, e1000e or legacy; or TLS handshakes ÷ handshakes per core of the host ÷ vCPU',
  inputs: ['vm.io-heavy', 'vm.demand', 'vm.nic', 'vm.vcpu', 'host.tls-rate', 'host.hypervisor', 'app.vip'],
  limitOf: 'share of its vCPUs that a VM needs for TLS handshakes alone',
  limitUnit: 'share',
  limits: { warning: 0.5, error: 1 },
  source: {
    text: 'half of the cores is ours; the rate per core is for the design to state (one to two thousand a second with RSA-2048, as recalled); that emulated adapters are slow other analysers say, too',
    evidence: 'ours',
  },
  covers: ['RS22'],
  of: 'vm',
  examples: {
    fires: {
      text: `network web
host esx-01 { hypervisor esxi 8.0; runs proxy }
vm proxy { io-heavy; nic web adapter e1000 }`,
    },
    silent: {
      text: `network web
host esx-01 { hypervisor esxi 8.0; runs proxy }
vm proxy { io-heavy; nic web adapter vmxnet3 }`,
    },
  },
  find: (vm, limits) => {
    const facts = vmFacts(vm);
    const { isIoHeavy, tls, tx, rx, vcpus, nics } = facts;
    const isBusy = isIoHeavy || tls !== undefined || Math.max(tx ?? 0, rx ?? 0) >= GIGABIT;
    if (!isBusy || facts.state === 'template' || !exists(vm)) return [];
    const { host } = placementOf(vm);
    const found: Heavy[] = [];
    for (const nic of nics) {
      const by = nicStatement(vm, nic);
      const adapter = by && clauseText(by, 'adapter');
      if (by && adapter && EMULATED.has(adapter)) found.push({ kind: 'adapter', by, adapter, host });
    }
    const rate = host && propsOf(host).number('tls-rate')?.value;
    const cores = tlsCores(tls, rate);
    const by = propsOf(vm).withClause('demand', 'tls') ?? propsOf(vm).withClause('measured', 'tls');
    if (host && by && cores !== undefined && vcpus && tls !== undefined && rate && !endsOnAdc(vm)) {
      if (grade(cores / vcpus, limits)) found.push({ kind: 'tls', by, host, tls, rate, cores, vcpus });
    }
    return found;
  },
  say: (fact, limits, vm) => {
    if (fact.kind === 'adapter') {
      const better = betterFor(fact.host);
      return {
        severity: 'warning',
        message: `${vm.name} is busy and has an emulated adapter, ${fact.adapter}: each packet stops it several times and costs a core what the work itself would. Use ${better ?? 'the paravirtual adapter of its hypervisor'}, or sriov.`,
        ...clauseIn(fact.by, 'adapter'),
      };
    }
    const { by, host, tls, rate, cores, vcpus } = fact;
    const share = cores / vcpus;
    return {
      severity: grade(share, limits) ?? 'warning',
      message: `${vm.name} opens ${formatNumber(tls)} TLS connections a second, ${formatNumber(rate)} for a core of ${host.name}: ${formatNumber(cores)} cores, ${formatShare(share)} of its ${formatNumber(vcpus)} vCPUs, before it does any work. End TLS on an ADC, or give it more vCPUs.`,
      ...clauseIn(by, 'tls'),
      figures: [derivedFigure('TLS', 'share', share, 'handshakes ÷ handshakes per core ÷ vCPU', [])],
    };
  },
  fix: (fact, vm) => {
    if (fact.kind !== 'adapter' || !isOwn(vm, fact.by)) return [];
    const better = betterFor(fact.host);
    const part = partOf(fact.by.sentence.clauses.get('adapter')?.value, 0, fact.by.index);
    if (!better || !part) return [];
    return [
      {
        title: `Use ${better}`,
        edits: replaceAt(fact.by.place, { from: part.from, to: part.to }, better),
        isPreferred: true,
      },
    ];
  },
});

function betterFor(host: Entity | undefined): string | undefined {
  return host && PARAVIRTUAL[hostSupply(host).hypervisor ?? ''];
}

/** Whether the application of a VM is reached through an ADC. */
function endsOnAdc(vm: Entity): boolean {
  const app = appOf(vm);
  return (
    app !== undefined &&
    propsOf(app)
      .list('vip')
      .some((vip) => referred(vip, ['adc'], 'via').length > 0)
  );
}
