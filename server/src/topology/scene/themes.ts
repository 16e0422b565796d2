import type { Token } from './scene.ts';

/** How tokens become paint, and whether the picture is drawn in outlines and patterns. */
export interface Theme {
  readonly name: string;
  readonly contrast: boolean;
  readonly font: string;
  readonly paint: (token: Token) => string;
}

export type ThemeKind = 'light' | 'dark' | 'hc-dark' | 'hc-light';

type Solid = Exclude<
  Token,
  'none' | 'tint' | 'stripes' | 'stripes-wide' | 'hatch' | 'gain' | 'hc-warning' | 'hc-critical' | 'hc-stripes'
>;

const SHADES_DARK = {
  owner1: '#8BD3E6',
  owner2: '#C7CB8A',
  owner3: '#A99CFF',
  owner4: '#D889B8',
  owner5: '#3E7FC1',
  owner6: '#6F7B6A',
  owner0: '#656666',
  cost1: '#465462',
  cost2: '#4F6E89',
  cost3: '#5A8DB3',
  cost4: '#A4C0D5',
};
const SHADES_LIGHT = {
  owner1: '#2A9CC4',
  owner2: '#8A9A4A',
  owner3: '#7D6BE0',
  owner4: '#7A2A63',
  owner5: '#0F57A6',
  owner6: '#3F5A4C',
  owner0: '#9A9A9A',
  cost1: '#BFD2E2',
  cost2: '#8CB3D5',
  cost3: '#4886B8',
  cost4: '#284A65',
};

/** In high contrast every step stands out from the background. */
const SHADES_HC_DARK = { ...SHADES_DARK, cost1: '#607488', cost2: '#7F9FBB', cost3: '#A8C8E0', cost4: '#E3EFF8' };
const SHADES_HC_LIGHT = {
  ...SHADES_LIGHT,
  owner0: '#767676',
  cost1: '#6690B4',
  cost2: '#44709A',
  cost3: '#284E72',
  cost4: '#0E2740',
};

/** The hex values of VS Code's default themes; the editor itself uses its own variables instead. */
export const PALETTES: Readonly<Record<ThemeKind, Readonly<Record<Solid, string>>>> = {
  dark: {
    bg: '#1F1F1F',
    cluster: '#252525',
    tile: '#2C2C2C',
    track: '#353535',
    hairline: '#393939',
    faint: '#5A5A5A',
    wire: '#727272',
    line: '#989898',
    text: '#CCCCCC',
    muted: '#9D9D9D',
    strong: '#F0F0F0',
    focus: '#0078D4',
    calm1: '#465462',
    calm2: '#4F6E89',
    calm3: '#5A8DB3',
    warning: '#EDBD58',
    critical: '#E8472F',
    'ink-warning': '#EDBD58',
    'ink-critical': '#FF7A62',
    'edge-warning': '#A08346',
    rim: '#FFB4A3',
    'error-icon': '#F14C4C',
    'warning-icon': '#CCA700',
    'info-icon': '#59A4F9',
    'on-icon': '#1F1F1F',
    ...SHADES_DARK,
  },
  light: {
    bg: '#FFFFFF',
    cluster: '#FAFAFA',
    tile: '#FFFFFF',
    track: '#EEEEEE',
    hairline: '#E4E4E4',
    faint: '#C4C4C4',
    wire: '#919191',
    line: '#898989',
    text: '#3B3B3B',
    muted: '#6C6C6C',
    strong: '#121212',
    focus: '#005FB8',
    calm1: '#BFD2E2',
    calm2: '#8CB3D5',
    calm3: '#4886B8',
    warning: '#C27E00',
    critical: '#B0160B',
    'ink-warning': '#8A5A00',
    'ink-critical': '#B0160B',
    'edge-warning': '#DAB266',
    rim: '#7A0C04',
    'error-icon': '#E51400',
    'warning-icon': '#BF8803',
    'info-icon': '#1A85FF',
    'on-icon': '#FFFFFF',
    ...SHADES_LIGHT,
  },
  'hc-dark': {
    bg: '#000000',
    cluster: '#000000',
    tile: '#000000',
    track: '#000000',
    hairline: '#6FC3DF',
    faint: '#FFFFFF',
    wire: '#FFFFFF',
    line: '#FFFFFF',
    text: '#FFFFFF',
    muted: '#FFFFFF',
    strong: '#FFFFFF',
    focus: '#F38518',
    calm1: '#FFFFFF',
    calm2: '#FFFFFF',
    calm3: '#FFFFFF',
    warning: '#FFD370',
    critical: '#F48771',
    'ink-warning': '#FFD370',
    'ink-critical': '#F48771',
    'edge-warning': '#FFD370',
    rim: '#FFFFFF',
    'error-icon': '#F48771',
    'warning-icon': '#FFD370',
    'info-icon': '#75BEFF',
    'on-icon': '#000000',
    ...SHADES_HC_DARK,
  },
  'hc-light': {
    bg: '#FFFFFF',
    cluster: '#FFFFFF',
    tile: '#FFFFFF',
    track: '#FFFFFF',
    hairline: '#0F4A85',
    faint: '#292929',
    wire: '#292929',
    line: '#292929',
    text: '#292929',
    muted: '#292929',
    strong: '#292929',
    focus: '#006BBD',
    calm1: '#292929',
    calm2: '#292929',
    calm3: '#292929',
    warning: '#895503',
    critical: '#B5200D',
    'ink-warning': '#895503',
    'ink-critical': '#B5200D',
    'edge-warning': '#895503',
    rim: '#292929',
    'error-icon': '#B5200D',
    'warning-icon': '#895503',
    'info-icon': '#1A85FF',
    'on-icon': '#FFFFFF',
    ...SHADES_HC_LIGHT,
  },
};

const PATTERNS: ReadonlySet<Token> = new Set([
  'stripes',
  'stripes-wide',
  'hatch',
  'gain',
  'hc-warning',
  'hc-critical',
  'hc-stripes',
]);

export const isPattern = (token: Token): boolean => PATTERNS.has(token);

/** Colours resolved to hex: for a file that has no editor around it. */
export function fileTheme(kind: ThemeKind): Theme {
  const palette = PALETTES[kind];
  return {
    name: kind,
    contrast: kind === 'hc-dark' || kind === 'hc-light',
    font: 'system-ui, sans-serif',
    paint: (token) => {
      if (token === 'none') return 'none';
      if (isPattern(token)) return `url(#vdc-${token})`;
      if (token === 'tint') return palette.focus;
      return (palette as Readonly<Partial<Record<Token, string>>>)[token] ?? 'none';
    },
  };
}

/** Colours as variables that the page around the picture sets. */
export function pageTheme(contrast: boolean): Theme {
  return {
    name: 'page',
    contrast,
    font: 'inherit',
    paint: (token) => (token === 'none' ? 'none' : isPattern(token) ? `url(#vdc-${token})` : `var(--vdc-${token})`),
  };
}
