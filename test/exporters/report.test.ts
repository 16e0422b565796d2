import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { finish } from '../../server/src/base/steps.ts';
import { html } from '../../server/src/exporters/html.ts';
import { diagnosticsOfProject } from '../../server/src/ide/diagnostics.ts';
import { exportInput } from '../../server/src/ide/export-input.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { exampleProject, inputOf, pageOf, projectOf, sectionOf, wordsOf } from './support.ts';

const PLAN = `design storefront {
  as-of 2026-11-22
  currency EUR
  horizon 24 months
  growth vms 3 %/month
  budget capex 40_000 EUR opex 9_000 EUR/year
}
team server { budget capex 40_000 EUR; staff 2; ratio hosts 10 }
team network { budget capex 1_000 EUR }
site hq { tariff 0.2 EUR/kWh }
switch tor-[a,b] at hq { owner network; ports 48 x 10 Gbps; cost 700 EUR }
network web { owner network; vlan 110; subnet 10.1.10.0/26 gateway 10.1.10.1 reserve 10 }
cluster prod at hq {
  owner server
  failover 1 host
  host esx-[1..3] { cpu 1 x 8 cores 2 GHz; memory 64 GiB; nic nic[1..2] 10 Gbps; cost 9_000 EUR; cost 400 EUR/year; power 200 W .. 400 W }
  runs db-[1..8]
}
class vm db { memory 12 GiB; vcpu 2; nic web; demand cpu 30 % }
vm db-[1..8] : db
`;

test('the verdict says whether it fits, what breaks first and what it costs', () => {
  const said = wordsOf(/<p class="verdict">[\s\S]*?<\/p>/.exec(pageOf(inputOf(PLAN)))?.[0] ?? '').trim();
  assert.match(said, /^It has room for what it asks, but 1 error stands against it\. In 2026 what team network owns /);
  assert.match(said, /First to run out: memory of prod, in 2027-\d\d\./);
  assert.match(said, /It costs 28 400 EUR once and 2861 EUR a year in 2026, [\d ]+ EUR in 5 years\./);
  assert.match(said, /By what it states, it is at stage 1 of 5/);
});

test('what has no room is said to have none, what states no load is not judged', () => {
  const verdict = (text: string) => wordsOf(/<p class="verdict">[\s\S]*?<\/p>/.exec(pageOf(inputOf(text)))?.[0] ?? '');
  const host = 'host h { cpu 1 x 4 cores 2 GHz; memory 16 GiB; runs a }\n';
  assert.match(
    verdict(`${host}vm a { vcpu 4; memory 8 GiB; demand cpu 120 % }`),
    /It does not fit: 1 error of capacity\./,
  );
  assert.match(verdict(`${host}vm a { vcpu 4; memory 8 GiB; demand cpu 80 % }`), /fits, but narrowly/);
  assert.match(verdict(`${host}vm a { vcpu 2; memory 4 GiB; demand cpu 10 % }`), /It fits, by what it states\./);
  assert.match(verdict('host h { runs a }\nvm a'), /Whether it fits is not known/);
});

test('where too little is stated, the silence of rules is not shown as room', () => {
  const page = pageOf(inputOf(PLAN));
  assert.doesNotMatch(
    wordsOf(/<p class="verdict">[\s\S]*?<\/p>/.exec(page)?.[0] ?? ''),
    /Not judged[^.]*(addresses|prod)/,
  );
  const bare = pageOf(
    inputOf(`cluster x { host h-1 { memory 64 GiB; cpu 1 x 8 cores 2 GHz; runs a }; host h-2 { runs b } }
cluster y { host h-3 { memory 64 GiB; cpu 1 x 8 cores 2 GHz; runs c } }
class vm v { vcpu 2; memory 4 GiB; demand cpu 10 % }
vm a, b, c : v
`),
  );
  assert.match(
    wordsOf(/<p class="verdict">[\s\S]*?<\/p>/.exec(bare)?.[0] ?? ''),
    /Not judged, as too little is stated: CPU and memory of x; disk space; IOPS; network load; addresses\./,
  );
  const table = wordsOf(/<table class="few">[\s\S]*?<\/table>/.exec(bare)?.[0] ?? '');
  assert.match(table, /Overflowing storage ?Disk space not judged: no datastore states its capacity/);
  assert.match(table, /Congested storage network ?IOPS not judged: no array states its disks or IOPS/);
});

test('more memory promised than there is bears the mark of its limit, not that of an error', () => {
  const capacity = (gib: number) =>
    sectionOf(
      pageOf(inputOf(`host h { memory 64 GiB; runs a-[1..4] }\nvm a-[1..4] { memory ${gib} GiB }\n`)),
      'capacity',
    );
  assert.match(capacity(15.2), /warning ?10\d/);
  assert.match(capacity(19), /error ?12[5-9]|error ?13\d/);
});

test('sections: what a design states is told, with numbers', () => {
  const page = pageOf(inputOf(PLAN));
  assert.match(sectionOf(page, 'capacity'), /Clusters .*prod .*75 % .*96\.9 of|prod/);
  assert.match(sectionOf(page, 'capacity'), /prod .*about \d+ more db, by memory/);
  assert.match(sectionOf(page, 'capacity'), /web .*10\.1\.10\.0\/26/);
  assert.match(sectionOf(page, 'horizon'), /prod .*memory in 2027-\d\d/);
  const cost = sectionOf(page, 'cost');
  assert.match(cost, /2026 .*28 400 EUR/);
  assert.match(cost, /esx-1 and 2 more host server 27 000 EUR 1200 EUR/);
  assert.match(cost, /By team, 2026/);
  assert.match(cost, /network 1400 EUR exceeded: 1000 EUR/);
  assert.match(cost, /What one VM costs .*prod/);
  assert.match(
    sectionOf(page, 'teams'),
    /Network owns 2 switches and 1 network costs 1400 EUR once in 2026 budget .*1400 EUR of 1000 EUR, 140 %, exceeded/,
  );
  assert.match(sectionOf(page, 'maturity'), /Stage 1 of 5/);
  assert.match(sectionOf(page, 'origins'), /installed memory 64 GiB stated main\.vdc:16/);
});

test('what has no price and what nobody owns is named', () => {
  const page = pageOf(inputOf(`${PLAN}switch core { ports 8 x 100 Gbps }\nlicence win { cost 5 USD; owned 1 hosts }`));
  assert.match(sectionOf(page, 'cost'), /What has no price 1 switch: core/);
  assert.match(sectionOf(page, 'cost'), /≥ 28 400 EUR/);
  assert.match(sectionOf(page, 'teams'), /Owned by nobody 1 switch: core/);
});

test('designs of nothing, or of mistakes, make a page that says so', () => {
  for (const text of ['', 'design d', '{{{', 'host', 'cluster c { host', '\u0000\ud800 host a']) {
    const page = pageOf(inputOf(text));
    assert.ok(!/NaN|undefined|\[object|Infinity/.test(page), text);
    assert.match(page, /<h1>/);
    assert.match(wordsOf(page), /No price is stated/);
    assert.ok(!/<tbody>\s*<\/tbody>|<ul[^>]*><\/ul>|<h3>[^<]*<\/h3>\s*<\/section>/.test(page), `empty part: ${text}`);
  }
  assert.match(sectionOf(pageOf(inputOf('host h {')), 'findings'), /Mistakes in the text .*brace/s);
});

test('everything that the check finds is in the report, and nothing else', () => {
  for (const name of [
    'shopping-cart',
    'multi-site',
    'licence-budget',
    'half-typed',
    'storage-review',
    'whose-switch',
  ]) {
    const project = exampleProject(name);
    const page = pageOf(finish(exportInput(project)));
    const checked = diagnosticsOfProject(project);
    const numbers = [...page.matchAll(/<(?:li|span) id="f(\d+)"/g)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      checked.map((_, index) => index + 1),
      name,
    );
    const rules = [...page.matchAll(/<h4 class="rule">.*? <code>(.*?)<\/code>/g)].map(([, rule]) => rule);
    assert.deepEqual([...new Set(rules)].sort(), [...new Set(checked.map(({ code }) => code))].sort(), name);
    const told = [...page.matchAll(/<span class="sev">[\s\S]*?<\/span> ([\s\S]*?)(?:\u2060<a|<\/p>)/g)].map(
      ([, message = '']) => wordsOf(message),
    );
    const messages = new Set(checked.map(({ message }) => message.replace(/[\s\u202f\u00a0\u2060]+/g, ' ')));
    assert.deepEqual(
      told.filter((message) => !messages.has(message)),
      [],
      name,
    );
  }
});

test('after any edits the report is that of a fresh start', () => {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('main.vdc', PLAN);
  const made = () => {
    const project = workspace.projectOf('main.vdc');
    assert.ok(project);
    return pageOf(finish(exportInput(project)));
  };
  let text = PLAN;
  made();
  for (const [find, put] of [
    ['memory 12 GiB', 'memory 24 GiB'],
    ['budget capex 1_000 EUR', 'budget capex 9_000 EUR'],
    ['owner network; ports', 'owner server; ports'],
    ['cost 9_000 EUR; ', ''],
    ['host esx-[1..3] {', 'host esx-[1..3] '],
    ['host esx-[1..3] ', 'host esx-[1..3] {'],
    ['storefront', 'shop'],
  ] as const) {
    const from = text.indexOf(find);
    workspace.edit('main.vdc', [{ from, to: from + find.length, text: put }]);
    text = text.replace(find, () => put);
    assert.equal(made(), pageOf(inputOf(text)), `${find} -> ${put}`);
  }
});

test('a silenced finding is counted, not told', () => {
  const text =
    'host h { memory 16 GiB; runs a; ignore host-memory-overcommitted because "on purpose" }\nvm a { memory 24 GiB }';
  const said = sectionOf(pageOf(inputOf(text)), 'findings');
  assert.match(said, /1 finding is silenced in the text, with a reason/);
  assert.ok(!said.includes('host-memory-overcommitted'));
});

test('many findings of one rule are told in part, and all are counted', () => {
  const hosts = Array.from(
    { length: 200 },
    (_, index) => `host h${index} { memory 16 GiB; runs v${index} }\nvm v${index} { memory 24 GiB }`,
  );
  const page = pageOf(inputOf(hosts.join('\n')));
  assert.match(sectionOf(page, 'findings'), /And 192 more of the same: .* and 132 further/);
  assert.ok(page.length < 400_000, `${page.length}`);
});

test('a page needs nothing from elsewhere, and runs nothing', () => {
  const page = pageOf(inputOf(PLAN));
  assert.ok(!/<script|<link|<img|<iframe|<object|<base|\son\w+=|javascript:/i.test(page));
  assert.deepEqual(
    [...page.matchAll(/https?:\/\/[^"'\s<]+/g)]
      .map(([url]) => url)
      .filter((url) => url !== 'http://www.w3.org/2000/svg'),
    [],
  );
  assert.deepEqual(
    [...page.matchAll(/(?:href|src)="([^"]*)"/g)]
      .map(([, target = '']) => target)
      .filter((target) => !target.startsWith('#')),
    [],
  );
  assert.deepEqual(
    [...page.matchAll(/url\(([^)]*)\)/g)].map(([, target = '']) => target).filter((target) => !target.startsWith('#')),
    [],
  );
  assert.match(page, /default-src 'none'/);
});

test('references lead somewhere', () => {
  const page = pageOf(finish(exportInput(exampleProject('shopping-cart'))));
  const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
  assert.ok(targets.length > 20);
  assert.deepEqual(
    targets.filter((target) => !ids.has(target)),
    [],
  );
  const all = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(
    all.filter((id, index) => all.indexOf(id) !== index),
    [],
    'no id is used twice',
  );
});

const TAGS = new Set(
  '!doctype html head meta title style body main section h1 h2 h3 h4 p ul ol li a b i code span table caption thead tbody tfoot tr th td div nav footer svg defs pattern symbol use g rect path circle text tspan desc'.split(
    ' ',
  ),
);

/** Every `<` of a page begins a tag of ours, and no attribute but ours. */
function foreignMarkup(page: string): string[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>/g, '');
  return [...body.matchAll(/<\/?([^\s>/]*)([^>]*)/g)]
    .filter(
      ([, tag = '', attributes = '']) =>
        !TAGS.has(tag.toLowerCase()) || /\bon\w+\s*=|srcdoc|style=/i.test(attributes.replace(/"[^"]*"/g, '""')),
    )
    .map(([tag]) => tag);
}

test('names and texts that look like markup stay text', () => {
  const hostile = [
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `</style><b onclick='x'>`,
    '&lt;i&gt;',
    `' style='x`,
  ];
  const quoted = (text: string) => JSON.stringify(text);
  for (const name of hostile) {
    const text = `design ${quoted(name)} { as-of 2026-01-01; currency EUR; growth vms 5 %/month }
team ${quoted(name)} { budget capex 1 EUR }
cluster ${quoted(`c${name}`)} { failover 1 host; host ${quoted(`h${name}`)} { memory 8 GiB; cpu 1 x 2 cores 2 GHz; owner ${quoted(name)}; cost 5 EUR; runs ${quoted(`v${name}`)} } }
vm ${quoted(`v${name}`)} { memory 16 GiB; vcpu 2; demand cpu 90 %; note ${quoted(name)} }
${name}`;
    const page = pageOf(inputOf({ [`a ${name}.vdc`.replaceAll('/', '|')]: text }));
    assert.deepEqual(foreignMarkup(page), [], name);
  }
});

test('whatever stands in a text or a template, the page has no markup but ours', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '<script>',
    '</p>',
    '-->',
    '<!--',
    ']]>',
    '\u0000',
    '\ud800',
    'host a { ',
    '}',
    ' runs b',
    '\nvm b ',
    ' memory 8 GiB',
    ';',
    'cost 5 EUR',
    'onload=',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      assert.deepEqual(foreignMarkup(pageOf(inputOf(text))), []);
      assert.deepEqual(foreignMarkup(html`<p title="${text}">${[text, [text]]}</p>`.text), []);
    }),
    { numRuns: 60 },
  );
});

test('the files of a design are called by what tells them apart, and not by where they lie', () => {
  const project = projectOf({
    '/home/someone/plans/main.vdc': 'import "a/x.vdc"\nimport "b/x.vdc"\n',
    '/home/someone/plans/a/x.vdc': 'host a { memory 1 GiB; runs v }\nvm v { memory 2 GiB }',
    '/home/someone/plans/b/x.vdc': 'nonsense',
  });
  const page = pageOf(finish(exportInput(project)));
  assert.ok(!page.includes('someone'));
  assert.match(wordsOf(page), /b\/x\.vdc:1/);
});
