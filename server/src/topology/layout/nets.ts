import type { TierNet, TierSpoke } from './tiers.ts';

/** Collects links into nets: one per key, one spoke per node, in the order of arrival. */
export interface NetBuilder {
  readonly add: (net: Omit<TierNet, 'spokes'>, spoke: Omit<TierSpoke, 'links'>, link: string) => void;
  readonly nets: () => readonly TierNet[];
}

export function netBuilder(): NetBuilder {
  const nets = new Map<
    string,
    { net: Omit<TierNet, 'spokes'>; spokes: Map<string, { spoke: Omit<TierSpoke, 'links'>; links: string[] }> }
  >();
  return {
    add: (net, spoke, link) => {
      const entry = nets.get(net.key) ?? { net, spokes: new Map() };
      nets.set(net.key, entry);
      const known = entry.spokes.get(spoke.id);
      if (known) known.links.push(link);
      else entry.spokes.set(spoke.id, { spoke, links: [link] });
    },
    nets: () =>
      [...nets.values()].map((e) => ({
        ...e.net,
        spokes: [...e.spokes.values()].map((s) => ({ ...s.spoke, links: s.links })),
      })),
  };
}
