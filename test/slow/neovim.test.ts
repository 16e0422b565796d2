/** The server in Neovim, set up as docs/editors.md says. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { aptInstall, canInstall, onPath } from '../../scripts/lib/apt.ts';
import { root } from '../../scripts/lib/project.mjs';

const neovim = findNeovim();
const skip = typeof neovim === 'string' ? false : `Neovim is not there: ${neovim.reason}`;

/** The path of Neovim, or why there is none. */
function findNeovim(): string | { readonly reason: string } {
  const found = onPath('nvim');
  if (found) return found;
  if (process.platform === 'win32' || !canInstall) return { reason: 'install it to run these tests' };
  try {
    aptInstall('neovim');
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  return onPath('nvim') ?? { reason: 'apt installed no nvim' };
}

/** The configuration on the page that this Neovim can take. */
function configuration(): string {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const [newer, older] = [...page.matchAll(/^```lua\n(.*?)^```$/gms)].map(([, block]) => block);
  const has = execFileSync(
    String(neovim),
    ['--clean', '--headless', '--cmd', 'lua io.write(tostring(vim.lsp.config ~= nil))', '--cmd', 'qall'],
    {
      encoding: 'utf8',
    },
  );
  const block = has.includes('true') ? newer : older;
  assert.ok(block, 'docs/editors.md has two blocks of Lua');
  return block;
}

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vdc-neovim-'));
  writeFileSync(join(folder, 'vdc'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/cli.js')}' "$@"\n`);
  chmodSync(join(folder, 'vdc'), 0o755);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a design in Neovim and takes some steps, in the words of test/support/neovim.lua; answers what they return. */
async function inNeovim(design: string, steps: string): Promise<unknown> {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const out = join(folder, 'out.json');
  rmSync(out, { force: true });
  const settings = `let g:vdc_out = '${out}' | let g:vdc_steps = '${file('steps.lua', `local drive = ...\n${steps}`)}'`;
  const editor = spawn(
    String(neovim),
    [
      ...['--clean', '--headless', '-n', '--cmd', settings, '--cmd', `luafile ${file('init.lua', configuration())}`],
      ...['-c', `luafile ${join(root, 'test/support/neovim.lua')}`, file('design.vdc', design)],
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
      },
      timeout: 120_000,
    },
  );
  let said = '';
  for (const stream of [editor.stdout, editor.stderr]) stream.on('data', (text) => (said += text));
  await once(editor, 'exit');
  let answer: { readonly result?: unknown; readonly error?: string };
  try {
    answer = JSON.parse(readFileSync(out, 'utf8'));
  } catch {
    return assert.fail(`Neovim came to no end: ${said}`);
  }
  assert.equal(answer.error, undefined, said);
  return answer.result;
}

const oneCard = readFileSync(join(root, 'examples/ten-vms-one-nic.vdc'), 'utf8');

describe('Neovim', () => {
  test('shows what is found, and mends it with the preferred fix', { skip }, async () => {
    const result = (await inNeovim(
      oneCard,
      `drive.shown('bandwidth-below-baseline')
       local before = drive.codes()
       local found = vim.tbl_filter(function(one)
         return one.code == 'bandwidth-below-baseline' or vim.tbl_get(one, 'user_data', 'lsp', 'code') == 'bandwidth-below-baseline'
       end, vim.diagnostic.get(0))[1]
       vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
       local titles = drive.prefer()
       drive.shown('bandwidth-below-baseline', true)
       return { message = found.message, titles = titles, before = before, after = drive.codes(), text = drive.text() }`,
    )) as { message: string; titles: string[]; before: string[]; after: string[]; text: string };
    assert.match(result.message, /1 Gbps/);
    assert.ok(result.titles.length > 1);
    assert.notEqual(result.text, oneCard);
    assert.deepEqual(
      result.after.filter((code) => !result.before.includes(code)),
      [],
    );
  });

  test('completes, hovers, renames and formats', { skip }, async () => {
    const result = await inNeovim(
      'team server\nsite s {\nowner \n}\nvm web-[1..2] { vcpu  4 }\n',
      `drive.shown('value-missing')
       drive.complete('owner', 'se')
       drive.shown('value-missing', true)
       drive.at('web-')
       local hover = drive.ask('textDocument/hover')
       drive.at('server')
       drive.rename('ops')
       drive.format()
       return { hover = hover.contents.value, text = drive.text() }`,
    );
    const { hover, ...rest } = result as { hover: string };
    assert.match(hover, /web-/);
    assert.deepEqual(rest, { text: 'team ops\nsite s {\n  owner ops\n}\nvm web-[1..2] { vcpu 4 }\n' });
  });

  test('moves VMs off a host that is too full', { skip }, async () => {
    const design = `cluster c {
  host a { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs x-[1..2] }
  host b { cpu 1 x 4 cores 2 GHz; memory 64 GiB }
  failover none
}
vm x-[1..2] { vcpu 4; memory 8 GiB; demand cpu 60 % }
`;
    const text = await inNeovim(
      design,
      `drive.shown('host-cpu-overloaded')
       drive.at('a { cpu')
       drive.prefer()
       drive.shown('host-cpu-overloaded', true)
       return drive.text()`,
    );
    assert.match(String(text), /host b \{.*; runs x-[12] \}/);
  });
});
