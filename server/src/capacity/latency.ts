import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { named } from '../design/layers.ts';
import { placementOf } from '../design/placement.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { hasFailed } from '../design/supposed.ts';
import { propsOf, referred, sitesOf } from '../design/things.ts';
import { runningMembers } from './sessions.ts';

/** Between two hosts of one site where it states no `rtt`: 0.2 ms, ours. */
const DEFAULT_SITE_RTT = 0.2e-3;

/** What an application asks of another one for every request. */
export interface Exchange {
  readonly by: Stated;
  readonly to: Entity;
  /** The VM that has farthest to ask. */
  readonly vm: Entity;
  readonly rounds: number;
  /** Round trip to the nearest VM asked, seconds. */
  readonly rtt: number;
  readonly time: number;
}

/** Exchanges of an application with those it depends on, as far as sites and links are stated. */
export const exchangesOf = derive((app: Entity): readonly Exchange[] => {
  const asking = runningMembers(app);
  return propsOf(app)
    .list('depends-on')
    .flatMap((by) => {
      const rounds = clauseNumber(by, 'rounds')?.value;
      if (!rounds) return [];
      return referred(by, ['app']).flatMap((to) => {
        const asked = runningMembers(to);
        let farthest: { readonly vm: Entity; readonly rtt: number } | undefined;
        for (const vm of asking) {
          const rtt = least(asked.map((other) => rttBetween(vm, other)));
          if (rtt !== undefined && (!farthest || rtt > farthest.rtt)) farthest = { vm, rtt };
        }
        return farthest ? [{ by, to, ...farthest, rounds, time: rounds * farthest.rtt }] : [];
      });
    });
});

/** Round trip between two VMs, seconds: nothing on one host; undefined if a site or the link is not stated. */
function rttBetween(a: Entity, b: Entity): number | undefined {
  const [here, there] = [placementOf(a), placementOf(b)];
  if (here.host && here.host === there.host) return 0;
  const [from, to] = [siteOf(here.host ?? here.cluster), siteOf(there.host ?? there.cluster)];
  if (!from || !to) return undefined;
  if (from === to) return propsOf(from).number('rtt')?.value ?? DEFAULT_SITE_RTT;
  const links = wansOf(a.design).filter(({ ends }) => ends.includes(from) && ends.includes(to));
  return least(links.map(({ rtt }) => rtt));
}

/** The one site of a host or cluster; a stretched cluster may run a VM at either. */
function siteOf(holder: Entity | undefined): Entity | undefined {
  const sites = holder ? sitesOf(holder) : [];
  return sites.length === 1 ? sites[0] : undefined;
}

const wansOf = derive((design: Design) =>
  [...design.members('wan')]
    .filter((wan) => !hasFailed(wan))
    .map((wan) => ({
      ends: named(wan, 'between', ['site']),
      rtt: propsOf(wan).number('rtt')?.value,
    })),
);

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 || known.length < values.length ? undefined : Math.min(...known);
}
