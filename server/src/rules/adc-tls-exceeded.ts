import { formatNumber } from '../base/units.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { runningMembers } from '../capacity/sessions.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, isOwn, nameOf, subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Exceeded {
  readonly share: Figure;
  readonly apps: readonly Entity[];
  readonly anchor: Anchor;
}

export const adcTlsExceeded = defineRule<Exceeded>({
  id: 'adc-tls-exceeded',
  title: 'ADC is asked for more TLS handshakes than it takes',
  painPoint: 'resource-starvation',
  owners: ['network', 'application'],
  benefit: 'New users get in at the busiest hour',
  why: 'Ending TLS on an ADC frees the cores of the VMs behind it, and moves their load to one place. What all applications behind it open together at their peak has to fit there. An application whose VMs state no handshakes is not counted.',
  formula: 'Σ demand tls of the running VMs of applications with a vip via the ADC ÷ tps',
  inputs: ['adc.tps', 'app.vip', 'app.members', 'vm.demand'],
  limitOf: 'share of the handshakes that the ADC takes',
  limitUnit: 'share',
  limits: { warning: 0.8, error: 1 },
  source: { text: 'the limits of an uplink, taken for an ADC', evidence: 'ours' },
  covers: ['RS22'],
  of: 'adc',
  examples: {
    fires: {
      text: `network web
adc lb { networks web; tps 2_000/s }
app shop { vip 10.1.1.1 on web via lb; members web-[1..4] }
vm web-[1..4] { demand tls 450/s }`,
    },
    silent: {
      text: `network web
adc lb { networks web; tps 4_000/s }
app shop { vip 10.1.1.1 on web via lb; members web-[1..4] }
vm web-[1..4] { demand tls 450/s }`,
    },
  },
  find: (adc, limits) => {
    const stated = propsOf(adc).one('tps');
    const tps = propsOf(adc).number('tps')?.value;
    const anchor = stated ? subjectOf(stated) : nameOf(adc);
    if (!tps || !anchor) return [];
    const apps: Entity[] = [];
    let load = 0;
    for (const app of adc.design.members('app')) {
      if (
        !propsOf(app)
          .list('vip')
          .some((vip) => referred(vip, ['adc'], 'via').includes(adc))
      )
        continue;
      const own = runningMembers(app).reduce((sum, vm) => sum + (vmFacts(vm).tls ?? 0), 0);
      if (own > 0) apps.push(app);
      load += own;
    }
    const share = derivedFigure('TLS handshakes', 'share', load / tps, 'Σ handshakes a second ÷ tps', [
      derivedFigure('handshakes a second', 'count', load, `Σ demand of VMs of ${apps.length} applications`, []),
      { label: 'tps', unit: 'count', value: tps, origin: 'stated', isAtLeast: false },
    ]);
    return grade(share.value, limits) ? [{ share, apps, anchor }] : [];
  },
  say: ({ share, apps, anchor }, limits, adc) => {
    const [load, tps] = share.inputs ?? [];
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${namesOf(apps)} ${apps.length === 1 ? 'opens' : 'open'} ${formatNumber(load?.value ?? 0)} TLS connections a second through ${adc.name}, which takes ${formatNumber(tps?.value ?? 0)}. At the peak new users wait. Move an application to another ADC, or license more.`,
      ...anchor,
      figures: [share],
      related: apps.slice(0, 5).flatMap((app) => {
        const at = nameOf(app);
        return at ? [{ ...at, message: `${app.name} is reached through it` }] : [];
      }),
    };
  },
  fix: ({ share }, adc, limits) => {
    const stated = propsOf(adc).one('tps');
    const part = stated && partOf(stated.sentence.subject, 0, stated.index);
    const load = share.inputs?.[0]?.value ?? 0;
    if (!stated || !part || !isOwn(adc, stated)) return [];
    const needed = Math.ceil(load / (leastLimit(limits) ?? 1) - 1e-9);
    const text = `${String(needed).replace(/\B(?=(\d{3})+$)/g, '_')}/s`;
    return [
      {
        title: `Plan ${adc.name} for ${formatNumber(needed)} handshakes a second`,
        edits: replaceAt(stated.place, part, text),
      },
    ];
  },
});
