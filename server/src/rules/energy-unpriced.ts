import { budgetsOf } from '../capacity/budget.ts';
import { hasTariff, POWERED_KINDS, statesPower } from '../capacity/energy.ts';
import { exists } from '../capacity/exists.ts';
import type { Entity } from '../design/declaration.ts';
import { sitesOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Unpriced {
  readonly kind: 'tariff' | 'power';
  readonly things: readonly Entity[];
  readonly anchor: Anchor;
}

export const energyUnpriced = defineRule<Unpriced>({
  id: 'energy-unpriced',
  title: 'Energy is used that the operating budget does not see',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'Power and cooling are in the running cost from the first day',
  why: 'Over five years a host may use energy for a third of its price, and cooling adds half of that again. It counts in the operating cost where the host states its power and its site a tariff. Said where the design states an operating budget and one half of it: power without a tariff at the site, or, at a site with a tariff, hosts without power while others state theirs.',
  formula: 'kWh a year = (idle + (full − idle) × use) × PUE × 8.76; cost = kWh × tariff',
  inputs: ['design.budget', 'host.power', 'switch.power', 'array.power', 'site.tariff', 'site.pue'],
  severity: 'info',
  source: {
    text: 'a power usage effectiveness of 1.58 where a site states none is an average of surveys',
    evidence: 'recalled',
  },
  covers: ['UC07', 'UC05'],
  of: 'design',
  unmendable: 'Only the bill has the price.',
  examples: {
    fires: {
      text: `design d { currency EUR; budget opex 5_000 EUR/year }
site hq
host esx-[1..2] at hq { power 200 W .. 500 W; cost 9_800 EUR }`,
    },
    silent: {
      text: `design d { currency EUR; budget opex 5_000 EUR/year }
site hq { tariff 0.25 EUR/kWh }
host esx-[1..2] at hq { power 200 W .. 500 W; cost 9_800 EUR }`,
    },
  },
  find: (plan) => {
    if (!budgetsOf(plan).some(({ kind }) => kind === 'opex')) return [];
    const { design } = plan;
    const powered = POWERED_KINDS.flatMap((kind) => [...design.members(kind)]).filter(
      (thing) => exists(thing) && statesPower(thing),
    );
    const untariffed = powered.filter((thing) => !hasTariff(thing));
    const sites = [...new Set(untariffed.flatMap((thing) => sitesOf(thing)[0] ?? []))];
    const hosts = [...design.members('host')].filter((host) => exists(host) && hasTariff(host));
    const silent = hosts.filter((host) => !statesPower(host));
    return [...foundFor('tariff', sites), ...(silent.length < hosts.length ? foundFor('power', silent) : [])];
  },
  say: ({ kind, things, anchor }) => {
    const one = things.length === 1;
    const blocks = [...new Map(things.map((thing) => [thing.declaration, thing])).values()];
    return {
      severity: 'info',
      message:
        kind === 'tariff'
          ? `${one ? `Site ${namesOf(things)} states` : `${counted(things.length, 'site')} (${namesOf(things)}) state`} no tariff, so the energy of what stands there is missing in the operating cost. State tariff, and pue if it is known.`
          : `${one ? `Host ${namesOf(things)} states` : `${counted(things.length, 'host')} (${namesOf(things)}) state`} no power while others do, so ${one ? 'its' : 'their'} energy is missing in the operating cost. State power as a span from idle to full load.`,
      ...anchor,
      related: blocks.slice(1, 9).flatMap((thing) => {
        const at = nameOf(thing);
        return at ? [{ ...at, message: `${thing.name} states no ${kind}` }] : [];
      }),
    };
  },
});

function foundFor(kind: Unpriced['kind'], things: readonly Entity[]): Unpriced[] {
  const anchor = things[0] && nameOf(things[0]);
  return anchor ? [{ kind, things, anchor }] : [];
}
