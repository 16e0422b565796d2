/** One line of the result: what was measured, by whom, and what it is held against. */
export interface Row {
  readonly what: string;
  readonly vdc: number;
  readonly echo?: number | undefined;
  readonly json?: number | undefined;
  readonly unit: 'ms' | 'MB';
  /** Of the value to another server's; without it the value itself is held against the goal. */
  readonly against?: 'echo' | 'json';
  readonly goal?: number;
}

const HEAD = ['', 'vdc', 'do-nothing', 'json', 'ratio', 'to reach', ''];

/** Rows as an aligned table; a ratio is named after the server that it is to. */
export function formatRows(rows: readonly Row[]): string {
  return formatCells([HEAD, ...rows.map(cellsOf)]);
}

/** Columns aligned: the first at the left, the others at the right. */
export function formatCells(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf({ what, vdc, echo, json, unit, against, goal }: Row): string[] {
  const show = (value: number | undefined) => (value === undefined ? '-' : `${digits(value)} ${unit}`);
  const other = against === 'echo' ? echo : against === 'json' ? json : undefined;
  const ratio = other === undefined ? undefined : vdc / other;
  const held = against ? ratio : vdc;
  const names = { echo: 'do-nothing', json: 'json' };
  return [
    what,
    show(vdc),
    show(echo),
    show(json),
    ratio === undefined || !against ? '-' : `${ratio.toFixed(2)} x ${names[against]}`,
    goal === undefined ? '-' : against ? `${goal} x` : `${goal} ${unit}`,
    goal === undefined || held === undefined ? '' : held <= goal ? 'reached' : 'MISSED',
  ];
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
