/** Line icons of toolbar, menus and popovers, on the grid of 16 that the picture's icons share. */
export const TOOL_ICONS = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9zM10.5 10.5l3.5 3.5',
  minus: 'M3 8h10',
  plus: 'M3 8h10M8 3v10',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  close: 'M4 4l8 8M12 4l-8 8',
  bulb: 'M8 1.8a4.2 4.2 0 0 1 2.2 7.8v1.6H5.8V9.6A4.2 4.2 0 0 1 8 1.8zM6.2 13.2h3.6',
  reveal: 'M2 4h7M2 8h4M2 12h7M9 8h5M12 5.8L14.2 8 12 10.2',
  chevron: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  table: 'M2 3.5h12M2 8h12M5 12.5h9M2 12.5h.8',
  more: 'M3 7.5h1v1H3zM7.5 7.5h1v1h-1zM12 7.5h1v1h-1z',
  power: 'M8 2v6M4.9 4.3a5.2 5.2 0 1 0 6.2 0',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8V8l2.4 1.6',
  check: 'M3 8.5l3.2 3L13 4.5',
  plan: 'M2.5 4.5h4v4h-4zM9.5 7.5h4v4h-4zM6.5 6.5h1.5a1.5 1.5 0 0 1 1.5 1.5M4.5 8.5v3.5h5',
  left: 'M10 4L6 8l4 4',
  move: 'M2 8h11M9.5 4.5L13 8l-3.5 3.5',
} as const;

export type ToolIcon = keyof typeof TOOL_ICONS;
