import { windowsOverlap } from '../base/dates.ts';
import { formatDuration, formatNumber } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import type { Figure } from '../capacity/figure.ts';
import { stalledRequests } from '../capacity/models/live-migration.ts';
import { networksOf } from '../capacity/reach.ts';
import {
  type AppSessions,
  isFaultTolerant,
  isImportant,
  type MoveRisk,
  membersByHost,
  moveRiskOf,
  sessionsOf,
} from '../capacity/sessions.ts';
import { vmFacts } from '../capacity/vm.ts';
import { appOfThing, type Job, waveOf, windowsIn } from '../capacity/waves.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { defineRule, grade } from './rule.ts';
import { namesOf } from './shared/wording.ts';

type Cause =
  | { readonly kind: 'move'; readonly risk: MoveRisk }
  | { readonly kind: 'wave'; readonly wave: Job }
  | { readonly kind: 'wave-cut-off'; readonly wave: Job; readonly network: Entity }
  | { readonly kind: 'host-failure'; readonly host: Entity; readonly calm: MoveRisk | undefined };

interface AtRisk {
  readonly sessions: AppSessions;
  readonly lost: Figure;
  readonly vms: readonly Entity[];
  readonly cause: Cause;
}

export const sessionsAtRisk = defineRule<AtRisk>({
  id: 'sessions-at-risk',
  title: 'Sessions are lost when a VM moves or its host fails',
  painPoint: 'application-awareness',
  owners: ['network', 'application', 'server'],
  benefit: 'Users keep their carts and logons whatever happens to a single VM',
  why: 'Sessions that only one VM knows share its fate. A live migration keeps them if the pause is shorter than the time that clients wait and the network is there on the new host; powering the VM off for a move, or restarting it after a host has failed, ends them. A host failure is only reported for applications of tier critical or high. Nothing is reported for sessions that are replicated, kept elsewhere or by the client, or for a cold move outside the peaks that the application states.',
  formula:
    'sessions ÷ VMs × VMs whose memory is lost or which stand still longer than the timeout; pause by the model of pre-copy migration',
  inputs: [
    'app.sessions',
    'app.sessions.state',
    'app.sessions.timeout',
    'app.requests',
    'app.peak',
    'app.tier',
    'app.members',
    'cluster.features',
    'host.service',
    'host.nic',
    'vswitch.uplink',
    'vswitch.carries',
    'switch.trunk',
    'vm.memory',
    'vm.demand.dirty',
    'vm.demand.working-set',
    'wave.moves',
    'wave.method',
    'wave.window',
  ],
  limitOf: 'sessions lost at once',
  limits: { warning: 0 },
  source: {
    text: 'that live migration keeps connections and that the pause decides is published for Xen (Clark et al. 2005); that any lost session counts is our choice',
    evidence: 'ours',
  },
  covers: ['AA01'],
  of: 'app',
  examples: {
    fires: {
      text: `cluster prod { host esx-[01..02] }
app cart {
  tier critical
  sessions 12_000 state server-local timeout 30 s
  vm cart-[1..4]
}
runs cart-[1..2] on esx-01
runs cart-[3..4] on esx-02`,
      note: 'Half of the sessions live on each host.',
    },
    silent: {
      text: `cluster prod { host esx-[01..02] }
app cart {
  tier critical
  sessions 12_000 state replicated timeout 30 s
  vm cart-[1..4]
}
runs cart-[1..2] on esx-01
runs cart-[3..4] on esx-02`,
    },
  },
  find: (app, limits) => {
    const sessions = sessionsOf(app);
    if (!sessions?.isServerLocal || sessions.members.length === 0) return [];
    const found = [...byMoves(sessions), ...byWaves(app, sessions), ...byHostFailure(app, sessions)];
    const [worst] = found.sort((a, b) => b.lost.value - a.lost.value);
    return worst && grade(worst.lost.value, limits) ? [worst] : [];
  },
  say: (fact, limits, app) => {
    const { sessions, lost, vms, cause } = fact;
    const wave = cause.kind === 'wave' || cause.kind === 'wave-cut-off' ? cause.wave.job : undefined;
    const at = wave?.declaration.head();
    return {
      severity: grade(lost.value, limits) ?? 'warning',
      message: message(fact, app),
      at: sessions.by,
      figures: [lost],
      related: [
        ...(at ? [{ at, message: `wave ${wave?.name} moves it` }] : []),
        ...vms.slice(0, 8).flatMap((vm) => {
          const head = vm.declaration.head();
          return head
            ? [{ at: head, message: `${vm.name} keeps ${formatNumber(sessions.perMember, 0)} sessions` }]
            : [];
        }),
      ],
    };
  },
  fix: ({ sessions }) => {
    const part = sessions.by.sentence.clauses.get('state')?.value?.parts[0];
    return part
      ? [{ title: 'Plan to replicate the sessions', edits: replaceAt(sessions.by.place, part, 'replicated') }]
      : [];
  },
});

function byMoves(sessions: AppSessions): AtRisk[] {
  const risks = sessions.members.flatMap((vm) => {
    const risk = moveRiskOf(vm, sessions.timeout);
    return risk && risk.kind !== 'none' ? [risk] : [];
  });
  const [first] = risks;
  if (!first) return [];
  const vms = risks.map(({ vm }) => vm);
  return [{ sessions, vms, lost: lostWith(sessions, vms), cause: { kind: 'move', risk: first } }];
}

function byWaves(app: Entity, sessions: AppSessions): AtRisk[] {
  const peaks = windowsIn(app, 'peak');
  return [...app.design.members('wave')].flatMap((entity) => {
    const wave = waveOf(entity);
    const { window } = wave;
    const isPlannedAround =
      window && peaks.length > 0 && !peaks.some((peak) => windowsOverlap(peak.window, window.window));
    const vms = wave.things.filter((thing) => appOfThing(thing) === app);
    if (wave.method === 'live') return cutOffBy(wave, sessions, vms);
    if (wave.method !== 'cold' || isPlannedAround || vms.length === 0) return [];
    return [{ sessions, vms, lost: lostWith(sessions, vms), cause: { kind: 'wave', wave } as const }];
  });
}

/** VMs that a wave moves while they run, to where nothing carries their network. */
function cutOffBy(wave: Job, sessions: AppSessions, vms: readonly Entity[]): AtRisk[] {
  const { to } = wave;
  const hosts = to?.kind === 'cluster' ? liveHosts(to) : to?.kind === 'host' ? [to] : [];
  const carried = hosts.map((host) => networksOf(host));
  if (hosts.length === 0 || carried.includes(undefined)) return [];
  const missing = (vm: Entity) =>
    vmFacts(vm).nics.find(({ network }) => network && !carried.some((networks) => networks?.has(network)))?.network;
  const cut = vms.filter((vm) => missing(vm) !== undefined);
  const network = cut[0] && missing(cut[0]);
  return network
    ? [{ sessions, vms: cut, lost: lostWith(sessions, cut), cause: { kind: 'wave-cut-off', wave, network } }]
    : [];
}

function byHostFailure(app: Entity, sessions: AppSessions): AtRisk[] {
  if (!isImportant(app)) return [];
  const mortal = sessions.members.filter((vm) => !isFaultTolerant(vm));
  return [...membersByHost(mortal)].map(([host, vms]) => {
    const [vm] = vms;
    const calm = vm && moveRiskOf(vm, sessions.timeout);
    return { sessions, vms, lost: lostWith(sessions, vms), cause: { kind: 'host-failure', host, calm } as const };
  });
}

function lostWith(sessions: AppSessions, vms: readonly Entity[]): Figure {
  const share = Math.min(1, vms.length / sessions.members.length);
  return {
    label: 'sessions lost',
    unit: 'count',
    value: Math.round(sessions.count * share),
    origin: 'derived',
    isAtLeast: false,
    formula: 'sessions × VMs affected ÷ VMs that keep them',
    inputs: [
      { label: 'sessions', unit: 'count', value: sessions.count, origin: 'stated', isAtLeast: false, by: sessions.by },
      { label: 'VMs affected', unit: 'count', value: vms.length, origin: 'derived', isAtLeast: false },
      { label: 'VMs', unit: 'count', value: sessions.members.length, origin: 'derived', isAtLeast: false },
    ],
  };
}

function message({ sessions, lost, vms, cause }: AtRisk, app: Entity): string {
  const some = `${formatNumber(lost.value, 0)} of ${formatNumber(sessions.count, 0)} sessions of ${app.name}`;
  if (cause.kind === 'wave')
    return `Wave ${cause.wave.job.name} powers ${namesOf(vms)} off: up to ${some} end. Drain them first, move outside the peak, or move live.`;
  if (cause.kind === 'wave-cut-off')
    return `Wave ${cause.wave.job.name} moves ${namesOf(vms)} to ${cause.wave.to?.name}, where nothing carries ${cause.network.name}: ${some} are cut off. Carry ${cause.network.name} there, or choose another target.`;
  const stalled = (risk: MoveRisk) => {
    const requests = stalledRequests(sessions.requests, risk.migration?.downtime);
    return requests === undefined ? '' : `, ${formatNumber(requests, 0)} requests wait`;
  };
  if (cause.kind === 'host-failure') {
    const { host, calm } = cause;
    const pause = calm?.migration
      ? ` A live move keeps them (${formatDuration(calm.migration.downtime)}${stalled(calm)}), a restart does not.`
      : '';
    return `${some} are lost when ${host.name} fails: they are in the memory of ${namesOf(vms)}.${pause} Replicate them or keep them outside.`;
  }
  const { risk } = cause;
  if (risk.kind === 'unreachable')
    return `${some} are lost when ${risk.vm.name} moves to ${risk.target?.name}: its VLAN does not reach that host. Add the VLAN to the trunk.`;
  const why =
    risk.kind === 'not-convergent' ? 'writes faster than its memory is copied and stands still' : 'stands still';
  return `${some} time out when ${risk.vm.name} moves: it ${why} for ${formatDuration(risk.migration?.downtime ?? 0)}${stalled(risk)}; clients wait ${formatDuration(sessions.timeout ?? 0)}. Drain it first, or give migration more bandwidth.`;
}
