import type { ArrayNode, SiteNode } from '../graph.ts';
import { type Block, type BlockBefore, SQUARE_ROWS, squareBlock } from './square-block.ts';
import type { View } from './structure.ts';

/** Devices are few: two rows, and as many as hosts have where there are many. */
const rowsFor = (count: number): number => (count > 40 ? SQUARE_ROWS : 2);

/** `max ≥90 %` and a badge. */
const VALUE_W = 92;

/** The switches of a site in the overview, where the layer has them. */
export const switchBlocks = (site: SiteNode, view: View, before: BlockBefore): Block[] =>
  view.layer === 'all' || view.layer === 'network' ? tier(site, 'switch', view, before) : [];

/** Its fabrics, and its arrays with their datastores. */
export const storageBlocks = (site: SiteNode, view: View, before: BlockBefore): Block[] =>
  view.layer === 'all' || view.layer === 'storage'
    ? [...tier(site, 'fabric', view, before), ...site.arrays.map((array) => arrayBlock(array, view, before))]
    : [];

export const TIERS = { switch: 'switches', fabric: 'fabrics' } as const;

function tier(site: SiteNode, kind: keyof typeof TIERS, { level }: View, before: BlockBefore): Block[] {
  const devices = site.switches.filter((s) => s.kind === kind);
  if (devices.length === 0) return [];
  const own = { id: `${site.id}/${TIERS[kind]}`, kind: 'tier' } as const;
  return [
    squareBlock(own, devices, {
      level,
      rows: rowsFor(devices.length),
      heading: TIERS[kind],
      valueW: VALUE_W,
      loose: true,
      before: before(own.id),
    }),
  ];
}

function arrayBlock(array: ArrayNode, { level, overrides }: View, before: BlockBefore): Block {
  const collapsed = overrides.get(array.id) === 'collapsed' || array.datastores.length === 0;
  const rows = rowsFor(array.datastores.length);
  return squareBlock(array, array.datastores, {
    level,
    rows,
    heading: array.name,
    valueW: VALUE_W,
    collapsed,
    before: before(array.id),
  });
}
