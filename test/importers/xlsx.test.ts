import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { readCsv } from '../../server/src/importers/csv/csv.ts';
import { DEFAULT_LIMITS, type ImportLimits, UnreadableFile } from '../../server/src/importers/limits.ts';
import { decodeText } from '../../server/src/importers/text-decoding.ts';
import { type Cell, openWorkbook } from '../../server/src/importers/xlsx/workbook.ts';
import { HEAD, sheetXml, workbook, zip } from './workbooks.ts';

function readAll(
  bytes: Uint8Array,
  sheet = 'vInfo',
  limits: ImportLimits = DEFAULT_LIMITS,
): { rows: Cell[][]; notes: readonly string[] } {
  const rows: Cell[][] = [];
  const book = openWorkbook(bytes, limits, { bytes: limits.unpackedBytes });
  const notes = book.readSheet(sheet, (cells) => rows.push([...cells]));
  return { rows, notes };
}

const SHEETS = {
  vInfo: [
    ['VM', 'CPUs', 'On'],
    ['a & b <c>', 2, true],
    ['x', 0.5, false],
  ],
} as const;

/** A workbook whose one sheet is the given XML. */
function withSheet(xml: string | Uint8Array, more: Readonly<Record<string, string>> = {}): Uint8Array {
  return zip({
    'xl/workbook.xml': `${HEAD}<workbook><sheets><sheet name="vInfo" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': xml,
    ...more,
  });
}

test('strings, shared or inline, numbers and booleans are read, with or without a prefix', () => {
  const expected = SHEETS.vInfo.map((row) => [...row]);
  for (const options of [{}, { shared: true }, { prefix: 'x:' }]) {
    assert.deepEqual(readAll(workbook(SHEETS, options)).rows, expected);
  }
});

test('cells stand where their reference says, empty rows are left out', () => {
  const xml = sheetXml(
    '<row r="1"><c r="B1" t="str"><v>b</v></c><c><v>3</v></c></row><row r="2"><c r="A2"/></row><row r="9"><c r="A9" t="e"><v>#REF!</v></c><c r="C9"><f>1+1</f><v>2</v></c></row>',
  );
  const rows: [Cell[], number][] = [];
  openWorkbook(withSheet(xml), DEFAULT_LIMITS, { bytes: 1e9 }).readSheet('vInfo', (cells, row) =>
    rows.push([Array.from(cells), row]),
  );
  assert.deepEqual(rows, [
    [[undefined, 'b', 3], 1],
    [[undefined, undefined, 2], 9],
  ]);
});

test('rich text is joined, phonetic hints are not, escapes are undone', () => {
  const strings = `${HEAD}<sst><si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></si><si><t>_x000D_x_x005F_x0041_</t></si><si><t><![CDATA[<&>]]>&#x41;&#66;&nope;</t></si></sst>`;
  const xml = sheetXml(
    '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>99</v></c></row>',
  );
  assert.deepEqual(readAll(withSheet(xml, { 'xl/sharedStrings.xml': strings })).rows, [
    ['a b', '\rx_x0041_', '<&>AB&nope;'],
  ]);
});

test('a sheet in UTF-16 is read', () => {
  const text = sheetXml('<row><c t="str"><v>Größe</v></c></row>').replace('UTF-8', 'UTF-16');
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (let at = 0; at < text.length; at++) {
    bytes[2 + at * 2] = text.charCodeAt(at) & 255;
    bytes[3 + at * 2] = text.charCodeAt(at) >> 8;
  }
  assert.deepEqual(readAll(withSheet(bytes)).rows, [['Größe']]);
});

test('what is no workbook is said to be none', () => {
  const cases: readonly [Uint8Array, RegExp][] = [
    [new Uint8Array(), /no \.xlsx file/],
    [strToU8('VM,Powerstate'), /no \.xlsx file/],
    [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /old \.xls file or a workbook with a password/],
    [zip({ 'a.txt': 'a' }), /no \.xlsx workbook/],
    [workbook(SHEETS).slice(0, 300), /cut short/],
    [withSheet('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), /document type/],
    [withSheet('<worksheet><sheetData><row><c'), /middle of a tag/],
    [withSheet('<?xml version="1.0" encoding="x-klingon"?><a/>'), /x-klingon/],
  ];
  for (const [bytes, message] of cases)
    assert.throws(
      () => readAll(bytes),
      (error) => error instanceof UnreadableFile && message.test(error.message),
    );
});

test('a decompression bomb stops at the ratio and at the budget', () => {
  const bomb = withSheet(sheetXml(`<row><c t="str"><v>x</v></c></row>${'<row><c/></row>'.repeat(2 ** 21)}`));
  assert.ok(bomb.length < 100_000);
  assert.throws(() => readAll(bomb), /decompression bomb.*limit: ratio/);
  const tight = { ...DEFAULT_LIMITS, unpackedBytes: 2 ** 20 };
  assert.throws(() => readAll(bomb, 'vInfo', tight), /more than 1 MiB.*limit: unpackedBytes/);
});

test('a tag or cell without end stops early', () => {
  const small = { ...DEFAULT_LIMITS, cellLength: 1000 };
  assert.throws(
    () => readAll(withSheet(sheetXml(`<row><c ${'a'.repeat(200_000)}></c></row>`)), 'vInfo', small),
    UnreadableFile,
  );
  assert.throws(
    () => readAll(withSheet(sheetXml(`<row><c t="str"><v>${'a&amp;'.repeat(2000)}</v></c></row>`)), 'vInfo', small),
    UnreadableFile,
  );
});

test('a size or checksum that lies is noted, and the true content read', () => {
  const bytes = workbook(SHEETS).slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 < bytes.length; at++) {
    if (view.getUint32(at, true) === 0x02014b50) {
      view.setUint32(at + 24, 7, true);
      view.setUint32(at + 16, 1, true);
    }
  }
  const { rows, notes } = readAll(bytes);
  assert.deepEqual(
    rows,
    SHEETS.vInfo.map((row) => [...row]),
  );
  assert.match(notes.join('\n'), /says it has 7 bytes[\s\S]*checksum/);
});

test('damaged bytes give a reader error or a note, never another exception', () => {
  const good = workbook(SHEETS, { shared: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.nat(good.length),
      (changes, end) => {
        const bytes = good.slice(0, end % 3 === 0 ? end : good.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          readAll(bytes);
        } catch (error) {
          assert.ok(error instanceof UnreadableFile, String(error));
        }
      },
    ),
    { numRuns: 500 },
  );
});

function csv(text: string): (string | undefined)[][] {
  const rows: (string | undefined)[][] = [];
  readCsv(text, (cells) => rows.push([...cells]), DEFAULT_LIMITS);
  return rows;
}

test('CSV: quotes, line ends, separators', () => {
  assert.deepEqual(csv('a,b\r\n"x, ""y""\nz",2\n,\n\n3'), [['a', 'b'], ['x, "y"\nz', '2'], ['3']]);
  assert.deepEqual(csv('a;b;c\n1,5;2;'), [
    ['a', 'b', 'c'],
    ['1,5', '2', undefined],
  ]);
  assert.deepEqual(csv('a\tb\n1\t2'), [
    ['a', 'b'],
    ['1', '2'],
  ]);
  assert.deepEqual(
    readCsv('a,b\n"open,1\n', () => {}, DEFAULT_LIMITS),
    ['the quotation mark that opens in row 2 is never closed'],
  );
});

test('CSV: what is written is read back', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' b', ';') }).map((text) => `x${text}`);
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
      const table = [['x', 'y'], ...rows];
      const text = table.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      assert.deepEqual(csv(text), table);
    }),
  );
});

test('the encoding of a text file is found or guessed', () => {
  const text = 'VM\nGröße';
  const wide = Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]));
  assert.deepEqual(decodeText(strToU8(text)), { text });
  assert.deepEqual(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...strToU8(text))), { text });
  assert.deepEqual(decodeText(Uint8Array.of(0xff, 0xfe, ...wide)), { text });
  assert.deepEqual(decodeText(wide), { text, guessed: 'utf-16le' });
  assert.deepEqual(decodeText(strToU8(text, true)), { text, guessed: 'windows-1252' });
});
