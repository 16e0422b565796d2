/** The numbers of the visual language that decide where things stand. Pixels at a font size of 13. */

/** What a host is drawn as. `chip` prints a value, `label` a name too; `open` is a card with its ports and a card for each VM. */
export const LEVELS = ['dot', 'square', 'chip', 'label', 'tile', 'card', 'open'] as const;
export type Level = (typeof LEVELS)[number];

/** Levels that a picture takes by itself; hosts are opened by zooming in, or one by one. */
export const USUAL_LEVELS: readonly Level[] = LEVELS.filter((l) => l !== 'open');

/** Hosts are squares of a cluster then, not nodes with words, and links are left out. */
export const isOverview = (level: Level): boolean => level === 'dot' || level === 'square';

/** Each host has stubs of its own to the rails of its cluster then; below, a cluster has bundles. */
export const isWired = (level: Level): boolean => level === 'card' || level === 'open';

/** What a person did to nodes, by id: to a site, cluster or array (`collapsed`), to a cluster or host (`expanded`). */
export type Overrides = ReadonlyMap<string, 'collapsed' | 'expanded'>;

export const NO_OVERRIDES: Overrides = new Map();
export type Layer = 'all' | 'compute' | 'network' | 'storage';

export interface Metrics {
  /** Size of a host; a card grows with its VM rows. */
  readonly hostW: number;
  readonly hostH: number;
  /** Least width of a host where those of a row stand closer together than usual. */
  readonly least: number;
  readonly gap: number;
  /** Width of a host on screen from which this level is used. */
  readonly from: number;
  readonly clusterPad: number;
  readonly clusterHeader: number;
  readonly sitePad: number;
  readonly siteHeader: number;
  readonly switchH: number;
  /** Least width of a switch in a row. */
  readonly switchMin: number;
  /** Columns of hosts a cluster has, by its number of hosts. */
  readonly columns: readonly (readonly [upTo: number, columns: number])[];
  /** Fewest columns a cluster's frame is wide. */
  readonly minColumns: number;
}

const WIDE: Metrics['columns'] = [
  [36, 6],
  [80, 8],
  [200, 12],
  [800, 20],
  [Number.POSITIVE_INFINITY, 40],
];

export const METRICS: Readonly<Record<Level, Metrics>> = {
  dot: {
    hostW: 6,
    hostH: 6,
    least: 6,
    gap: 1,
    from: 0,
    clusterPad: 0,
    clusterHeader: 18,
    sitePad: 16,
    siteHeader: 104,
    switchH: 0,
    switchMin: 0,
    columns: [],
    minColumns: 1,
  },
  square: {
    hostW: 15,
    hostH: 15,
    least: 15,
    gap: 2,
    from: 12,
    clusterPad: 0,
    clusterHeader: 20,
    sitePad: 16,
    siteHeader: 104,
    switchH: 0,
    switchMin: 0,
    columns: [],
    minColumns: 1,
  },
  chip: {
    hostW: 54,
    hostH: 34,
    least: 44,
    gap: 6,
    from: 28,
    clusterPad: 10,
    clusterHeader: 34,
    sitePad: 12,
    siteHeader: 40,
    switchH: 30,
    switchMin: 120,
    columns: WIDE,
    minColumns: 6,
  },
  label: {
    hostW: 82,
    hostH: 42,
    least: 68,
    gap: 8,
    from: 64,
    clusterPad: 12,
    clusterHeader: 38,
    sitePad: 12,
    siteHeader: 40,
    switchH: 34,
    switchMin: 150,
    columns: WIDE,
    minColumns: 4,
  },
  tile: {
    hostW: 122,
    hostH: 92,
    least: 100,
    gap: 8,
    from: 96,
    clusterPad: 12,
    clusterHeader: 38,
    sitePad: 12,
    siteHeader: 40,
    switchH: 34,
    switchMin: 190,
    columns: WIDE,
    minColumns: 3,
  },
  card: {
    hostW: 148,
    hostH: 118,
    least: 116,
    gap: 12,
    from: 140,
    clusterPad: 12,
    clusterHeader: 40,
    sitePad: 12,
    siteHeader: 38,
    switchH: 46,
    switchMin: 200,
    columns: WIDE,
    minColumns: 3,
  },
  open: {
    hostW: 324,
    hostH: 118,
    least: 324,
    gap: 12,
    from: 340,
    clusterPad: 12,
    clusterHeader: 40,
    sitePad: 12,
    siteHeader: 38,
    switchH: 46,
    switchMin: 200,
    columns: [
      [4, 2],
      [24, 3],
      [80, 5],
      [Number.POSITIVE_INFINITY, 8],
    ],
    minColumns: 1,
  },
};

export const MARGIN = 12;
/** Distance of two rails. */
export const RAIL = 7;
/** Room a bundle's label needs between its rail and the node below. */
export const LABEL_ROOM = 24;

/** Card: VM rows up to this many, beyond it a tank, the largest as rows, and "n more". */
export const CARD_ROWS = 8;
export const CARD_ROW = 21;
export const CARD_HEAD = 118;
export const CARD_TANK = 48;
const CARD_TANK_ROWS = 3;

/** Room for the name of a rack above its hosts. */
export const RACK_LABEL = 13;

/** Height of a card with a tank. */
const CARD_TANKED = CARD_HEAD + CARD_TANK + 4 + CARD_ROW * CARD_TANK_ROWS + 20;
/** No card is lower. */
export const CARD_LEAST = CARD_HEAD + CARD_ROW;
/** How much wider than usual a card may be to fill its row. */
export const CARD_STRETCH = 1.25;
/** The same for tiles, and for a card that has hardly another beside it. */
export const STRETCH = 1.6;

/** Height of a card by its number of VMs. */
export const cardHeight = (vms: number): number =>
  vms <= CARD_ROWS ? CARD_HEAD + CARD_ROW * Math.max(1, vms) : CARD_TANKED;

/** What a card of this height shows of its VMs: a tank or not, and so many as rows; where that is not all, how many more there are stands below. */
export function cardForm(vms: number, h: number): { readonly tank: boolean; readonly rows: number } {
  const fit = Math.max(0, Math.floor((h - CARD_HEAD) / CARD_ROW));
  if (vms <= Math.min(CARD_ROWS, fit)) return { tank: false, rows: vms };
  return h >= CARD_TANKED ? { tank: true, rows: CARD_TANK_ROWS } : { tank: false, rows: Math.max(0, fit - 1) };
}

/** Hosts that every frame has room for beside each other. */
export const leastColumns = (level: Level): number => Math.min(METRICS[level].minColumns, level === 'chip' ? 6 : 3);

/** Hosts in a row, and what a frame has room for beside each other: always for one host more than there are. */
export const columnsFor = (level: Level, count: number): { readonly columns: number; readonly slots: number } =>
  shapeOf(count, METRICS[level].columns.find(([upTo]) => count <= upTo)?.[1] ?? count);

/** The same where about so many shall stand beside each other. */
export function shapeOf(count: number, wish: number): { readonly columns: number; readonly slots: number } {
  if (count <= wish) return { columns: Math.max(1, count), slots: count + 1 };
  let columns = wish;
  while (count % columns === 0) columns += 1;
  return { columns, slots: columns };
}

/** Length of 100 % in a card of this width. */
export const cardLine = (w: number): number => 54 + Math.floor(((w - METRICS.card.hostW) * 5) / 6);

/** The level for a host that is `px` wide on screen; within 8 % of a border the present level stays. */
export function levelFor(px: number, present?: Level): Level {
  const fresh = plainLevel(px);
  if (!present || fresh === present) return fresh;
  const up = LEVELS.indexOf(fresh) > LEVELS.indexOf(present);
  return up ? maxLevel(present, plainLevel(px / 1.08)) : minLevel(present, plainLevel(px * 1.08));
}

const plainLevel = (px: number): Level => LEVELS.findLast((l) => px >= METRICS[l].from) ?? 'dot';
const maxLevel = (a: Level, b: Level): Level => (LEVELS.indexOf(a) > LEVELS.indexOf(b) ? a : b);
const minLevel = (a: Level, b: Level): Level => (LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b);
