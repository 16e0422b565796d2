import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { findings } from '../../server/src/ide/findings.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { random } from '../support/random.ts';

const newWorkspace = () => new Workspace({ resolve: (_, path) => path });

/** Roots of the designs with the files of each. */
function designs(workspace: Workspace): string[] {
  return workspace
    .allProjects()
    .map(({ design: { root, files } }) => [root, ...[...files.keys()].filter((uri) => uri !== root).sort()].join(' '))
    .sort();
}

test('a file in the folders of the workspace is a design, unless another one imports it', () => {
  const workspace = newWorkspace();
  for (const uri of ['lib', 'a', 'b', 'alone']) workspace.list(uri);
  workspace.provide('lib', 'team ops\n');
  workspace.provide('a', 'import "lib"\n');
  workspace.provide('b', 'import "lib"\n');
  workspace.provide('alone', '');
  assert.deepEqual(designs(workspace), ['a lib', 'alone', 'b lib']);
  assert.deepEqual([...workspace.checkedUris()].sort(), ['a', 'alone', 'b', 'lib']);
});

test('opened, closed and deleted, a file stays in one design with what it imports', () => {
  const workspace = newWorkspace();
  workspace.list('a');
  workspace.provide('a', 'import "lib"\n');
  assert.deepEqual(workspace.wanted(), ['lib']);
  workspace.openText('lib', 'team ops\n');
  assert.deepEqual(designs(workspace), ['a lib']);
  workspace.unlist('a');
  workspace.provide('a', undefined);
  assert.deepEqual(designs(workspace), ['lib']);
  workspace.closeText('lib');
  assert.deepEqual(designs(workspace), []);
  assert.equal(workspace.file('lib'), undefined);
});

test('an import that names another file than before leaves the first one on its own', () => {
  const workspace = newWorkspace();
  workspace.openText('x', 'team ops\n');
  workspace.openText('y', 'team web\n');
  workspace.openText('main', 'import "x"\nsite s { owner web }\n');
  assert.deepEqual(designs(workspace), ['main x', 'y']);
  workspace.edit('main', [{ from: 8, to: 9, text: 'y' }]);
  assert.deepEqual(designs(workspace), ['main y', 'x']);
  assert.deepEqual(diagnosticsOf(workspace, 'main'), []);
});

test('files that import each other are one design', () => {
  const workspace = newWorkspace();
  workspace.openText('a', 'import "b"\n');
  workspace.openText('b', 'import "a"\n');
  assert.deepEqual(designs(workspace), ['a b']);
  workspace.openText('c', 'import "b"\n');
  assert.deepEqual(designs(workspace), ['c a b']);
});

test('an edit leaves other designs alone', () => {
  const workspace = newWorkspace();
  for (let i = 0; i < 20; i++) {
    workspace.list(`${i}`);
    workspace.provide(`${i}`, 'team ops\n');
  }
  const before = findings(workspace);
  assert.deepEqual(before.counts, { error: 0, warning: 0, info: 0, hint: 0 });
  workspace.openText('3', 'team ops\nteam ops\n');
  const touched = workspace.allProjects().filter(({ revision }) => revision > 0);
  assert.deepEqual(
    touched.map(({ design }) => design.root),
    ['3'],
  );
  assert.equal(findings(workspace).counts.error, 1);
});

test('what is tried out leaves the designs as they were', () => {
  const workspace = newWorkspace();
  workspace.openText('main', 'import "lib"\nsite s { owner ops }\n');
  workspace.provide('lib', 'team ops\n');
  const cut = new Map([['main', [{ from: 0, to: 13, text: '' }]]]);
  const found = workspace.suppose(cut, () => diagnosticsOf(workspace, 'main').map(({ code }) => code));
  assert.deepEqual(found, ['name-unresolved']);
  assert.deepEqual([designs(workspace), diagnosticsOf(workspace, 'main')], [['main lib'], []]);
});

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Everything that is shown, file by file. */
function shown(workspace: Workspace): string[] {
  return NAMES.flatMap((uri) =>
    diagnosticsOf(workspace, uri).map(({ from, code, message }) => `${uri} ${from} ${code} ${message}`),
  );
}

for (const mayCircle of [false, true]) {
  test(`whatever happens to files${mayCircle ? ' that import each other' : ''}, each has its designs, and none is inside another`, () => {
    const { below, pick } = random(mayCircle ? 7 : 3);
    for (let run = 0; run < 30; run++) {
      const workspace = newWorkspace();
      const disk = new Map<string, string>();
      const editor = new Map<string, string>();
      const textFor = (name: string) => {
        const others = NAMES.filter((other) => (mayCircle ? other !== name : other > name));
        const imports = others.filter(() => below(3) === 0).map((other) => `import "${other}"\n`);
        return `${imports.join('')}team t-${name}\nsite s-${name} { owner t-${pick(NAMES)} }\n`;
      };
      for (let step = 0; step < 25; step++) {
        const uri = pick(NAMES);
        const text = textFor(uri);
        const action = below(5);
        if (action === 0) {
          workspace.list(uri);
          workspace.provide(uri, text);
          disk.set(uri, text);
        } else if (action === 1 && disk.has(uri)) {
          workspace.unlist(uri);
          workspace.provide(uri, undefined);
          disk.delete(uri);
        } else if (action === 2 && !editor.has(uri)) {
          workspace.openText(uri, text);
          editor.set(uri, text);
        } else if (action === 3 && editor.has(uri)) {
          workspace.replaceText(uri, text);
          editor.set(uri, text);
        } else if (action === 4 && editor.has(uri)) {
          workspace.closeText(uri);
          workspace.provide(uri, disk.get(uri));
          editor.delete(uri);
        }
        const where = `run ${run}, step ${step}`;
        const present = NAMES.filter((name) => disk.has(name) || editor.has(name));
        for (const name of present)
          assert.ok(workspace.projectsOf(name).length > 0, `${where}: ${name} is in no design`);
        for (const { design } of workspace.allProjects())
          assert.deepEqual(
            workspace.projectsOf(design.root).length,
            1,
            `${where}: ${design.root} is in another design`,
          );
        if (mayCircle) continue;
        const fresh = newWorkspace();
        for (const [name, own] of disk) {
          fresh.list(name);
          fresh.provide(name, own);
        }
        for (const [name, own] of editor) fresh.openText(name, own);
        assert.deepEqual({ where, ...state(workspace) }, { where, ...state(fresh) });
      }
    }
  });
}

function state(workspace: Workspace) {
  return { designs: designs(workspace), shown: shown(workspace) };
}
