import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DocumentSymbol, documentSymbols, MOST_SYMBOLS } from '../../server/src/ide/symbols.ts';
import { editFile, parseFile } from '../../server/src/language/syntax/file.ts';

/** The outline as indented lines: detail, name, and the text of the selection where it is another. */
function outline(text: string, blockLength?: number): string {
  const lines: string[] = [];
  const write = (symbols: readonly DocumentSymbol[], depth: number) => {
    for (const { name, detail, selection, from, to, children } of symbols) {
      assert.ok(from <= selection.from && selection.to <= to, `${name} lies within its block`);
      const selected = text.slice(selection.from, selection.to);
      lines.push(`${'  '.repeat(depth)}${name} (${detail})${selected === name ? '' : ` at ${selected}`}`);
      write(children, depth + 1);
    }
  };
  write(documentSymbols(parseFile(text, blockLength)), 0);
  return lines.join('\n');
}

const plan = `import "hardware.vdc"
// Two sites.
site a, b { tariff 0.11 USD/kWh }
class host dl380 { memory 512 GiB }
cluster prod at a {
  failover 1 host
  vswitch vs0 { uplink nic1 }
  host esx-[01..02] : dl380, blade { runs a-1 }
}
amend class host dl380 { cost 1 USD }
amend vm web-* { owner t }
assume vm { demand cpu 10 % }
policy { subnet-exhausted off }
app "SQL Server" { vm db-1 in x { vcpu 2 } }
`;
const planned = `a, b (site)
dl380 (class host)
prod (cluster)
  vs0 (vswitch)
  esx-[01..02] (host : dl380, blade)
dl380 (amend class host)
web-* (amend vm)
vm (assume)
policy ()
"SQL Server" (app)
  db-1 (vm)`;

test('blocks are listed with what they are, nested as written', () => {
  assert.equal(outline(plan), planned);
});

test('long blocks, which are kept in parts, read the same', () => {
  assert.equal(outline(plan, 10), planned);
});

test('after an edit the outline is that of the new text', () => {
  const before = parseFile(plan, 10);
  documentSymbols(before);
  const at = plan.indexOf('esx-[01..02]');
  const edit = { from: at, to: at + 'esx-[01..02]'.length, text: 'esx-03' };
  const after = editFile(before, edit);
  assert.deepEqual(
    documentSymbols(after),
    documentSymbols(parseFile(plan.slice(0, edit.from) + edit.text + plan.slice(edit.to), 10)),
  );
});

test('half a block has a name, and what is whole in it is listed', () => {
  assert.equal(
    outline('cluster prod {\n  host esx-01 {\n  host esx-02 { }\nvm a'),
    'prod (cluster)\n  esx-01 (host)\n  esx-02 (host)\na (vm)',
  );
});

test('no text has no outline', () => {
  assert.equal(outline(''), '');
  assert.equal(outline('} { ; "'), '');
});

test('an outline that nobody could read is cut off', () => {
  const text = Array.from({ length: MOST_SYMBOLS + 10 }, (_, k) => `vm v-${k}\n`).join('');
  assert.equal(documentSymbols(parseFile(text)).length, MOST_SYMBOLS);
});
