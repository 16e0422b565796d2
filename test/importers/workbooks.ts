import { strToU8, type Zippable, zipSync } from 'fflate';
import type { ImportFile } from '../../server/src/importers/importer.ts';

export type TestCell = string | number | boolean | null;

/** Sheets by name; the first row is the heading. */
export type TestSheets = Readonly<Record<string, readonly (readonly TestCell[])[]>>;

/** A small .xlsx workbook: inline strings, or shared ones. */
export function workbook(sheets: TestSheets, options: { shared?: boolean; prefix?: string } = {}): Uint8Array {
  const shared: string[] = [];
  const x = options.prefix ?? '';
  const cellXml = (cell: TestCell): string => {
    if (cell === null) return `<${x}c/>`;
    if (typeof cell === 'number') return `<${x}c><${x}v>${cell}</${x}v></${x}c>`;
    if (typeof cell === 'boolean') return `<${x}c t="b"><${x}v>${cell ? 1 : 0}</${x}v></${x}c>`;
    if (!options.shared) return `<${x}c t="inlineStr"><${x}is><${x}t>${escapeXml(cell)}</${x}t></${x}is></${x}c>`;
    shared.push(cell);
    return `<${x}c t="s"><${x}v>${shared.length - 1}</${x}v></${x}c>`;
  };
  const files: Record<string, string> = {};
  const names = Object.keys(sheets);
  names.forEach((sheet, index) => {
    const rows = (sheets[sheet] ?? []).map((cells) => `<${x}row>${cells.map(cellXml).join('')}</${x}row>`);
    files[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(rows.join(''), x);
  });
  const listed = names.map(
    (sheet, index) => `<${x}sheet name="${escapeXml(sheet)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  files['xl/workbook.xml'] = `${HEAD}<${x}workbook><${x}sheets>${listed.join('')}</${x}sheets></${x}workbook>`;
  const targets = names.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  files['xl/_rels/workbook.xml.rels'] = `${HEAD}<Relationships>${targets.join('')}</Relationships>`;
  if (options.shared)
    files['xl/sharedStrings.xml'] =
      `${HEAD}<sst>${shared.map((one) => `<si><t>${escapeXml(one)}</t></si>`).join('')}</sst>`;
  return zip(files);
}

export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files))
    entries[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(entries);
}

export const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function sheetXml(rows: string, x = ''): string {
  return `${HEAD}<${x}worksheet><${x}sheetData>${rows}</${x}sheetData></${x}worksheet>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}

export function csvFile(name: string, rows: readonly (readonly TestCell[])[]): ImportFile {
  const line = (cells: readonly TestCell[]): string =>
    cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
  return { name, bytes: strToU8(`${rows.map(line).join('\r\n')}\r\n`) };
}
