/** What a cell of a workbook or a CSV file says. */
import { cleanText } from './inventory/values.ts';
import type { Cell } from './xlsx/workbook.ts';

export function textOf(cell: Cell): string | undefined {
  return cell === undefined ? undefined : cleanText(String(cell));
}

/** Numbers as cells hold them, and as the text of other countries: `1,024`, `1.024,5`, `12,5`. */
export function numberOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return undefined;
  if (/^\s*-?\d+(\.\d+)?(e[+-]?\d{1,3})?\s*$/i.test(cell)) return Number(cell);
  const text = cell.replace(/[\s\u00a0\u202f'%]/g, '');
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  return /^-?\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

export function flagOf(cell: Cell): boolean | undefined {
  if (typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return cell !== 0;
  const text = cell?.trim().toLowerCase();
  if (text === undefined || text === '') return undefined;
  if (['true', '1', 'yes', 'enabled', 'wahr', 'vrai', 'verdadero'].includes(text)) return true;
  return ['false', '0', 'no', 'disabled', 'falsch', 'faux', 'falso'].includes(text) ? false : undefined;
}

/** Serial days of a spreadsheet count from 1899-12-30; texts are read when the year comes first, so that no order is guessed. */
export function dayOf(cell: Cell): string | undefined {
  const serial = typeof cell === 'string' && /^\d{5}(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (typeof serial === 'number') {
    if (serial < 20_000 || serial > 80_000) return undefined;
    return new Date((Math.floor(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10);
  }
  const match = typeof cell === 'string' ? /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(cell) : undefined;
  if (!match) return undefined;
  const day = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  const time = Date.parse(day);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}
