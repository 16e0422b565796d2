import { type Unjudged, unjudgedOf } from '../../capacity/unjudged.ts';
import { capital, counted, type Html, html, listed, lowered } from '../html.ts';
import { countsOf, type ExportFinding, type ExportInput, SEVERITIES } from '../input.ts';
import { mark } from './charts.ts';
import type { Notes } from './notes.ts';

/** Findings in the order of the report, each with the number that sections refer to it by. */
export interface Numbered {
  readonly number: number;
  readonly finding: ExportFinding;
}

/** Of one rule this many are told in full, and this many more are named with their place. */
const MOST_TOLD = 8;
const MOST_NAMED = 60;
/** References in a line. */
const MOST_REFS = 8;

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Mistakes of the text have no pain point and come last. */
function painPointName(painPoint: string | null): string {
  return painPoint === null ? 'Mistakes in the text' : capital(painPoint.replaceAll('-', ' '));
}

/** By pain point, then by rule, the most severe first; numbered from 1. */
export function inOrder({ findings, painPoints }: ExportInput): readonly Numbered[] {
  const place = new Map<string | null, number>([...painPoints.map((id, index) => [id, index] as const)]);
  const worst = new Map<string, number>();
  for (const { rule, severity } of findings) worst.set(rule, Math.min(worst.get(rule) ?? 9, RANK[severity]));
  const key = ({ painPoint, rule, severity }: ExportFinding) => [
    place.get(painPoint) ?? painPoints.length,
    worst.get(rule) ?? 9,
    rule,
    RANK[severity],
  ];
  const compared = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
    for (const [index, one] of a.entries()) {
      const other = b[index] ?? one;
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  };
  return [...findings]
    .map((finding) => ({ finding, key: key(finding) }))
    .sort((a, b) => compared(a.key, b.key))
    .map(({ finding }, index) => ({ finding, number: index + 1 }));
}

/** `2 errors, 1 warning`. */
export function countsText(findings: readonly ExportFinding[]): string {
  const counts = countsOf(findings);
  const words = { error: 'error', warning: 'warning', info: 'note', hint: 'hint' } as const;
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    counted(counts[severity], words[severity]),
  );
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

export function findingsSection(input: ExportInput, numbered: readonly Numbered[], notes: Notes): Html {
  const { silenced } = input;
  const hushed =
    silenced > 0 &&
    html`<p class="muted">${counted(silenced, 'finding')} ${silenced === 1 ? 'is' : 'are'} silenced in the text, with a reason, and not listed.</p>`;
  if (numbered.length === 0)
    return html`<p>Nothing found: what the design states is enough for what it asks. What it does not state is not judged.</p>${hushed}`;
  const groups = grouped(numbered, ({ painPoint }) => painPoint);
  return html`${hushed}
${groups.map(
  ([painPoint, own]) => html`<section><h3>${painPointName(painPoint)}</h3>
${grouped(own, ({ rule }) => rule).map(([rule, alike]) => ruleBlock(rule, alike, notes))}</section>`,
)}`;
}

/** Whose rules are silent where a question of capacity has no answer. */
const PAIN_POINT_OF: Readonly<Record<Unjudged['about'], string>> = {
  load: 'resource-starvation',
  network: 'resource-starvation',
  addresses: 'resource-starvation',
  space: 'overflowing-storage',
  iops: 'congested-storage-network',
};

/** How many of each severity there are for each pain point, none included: silence is an answer. */
export function painPointTable({ design, painPoints }: ExportInput, numbered: readonly Numbered[]): Html {
  if (numbered.length === 0) return html``;
  const rows = [...painPoints, null].flatMap((painPoint) => {
    const own = numbered.map(({ finding }) => finding).filter((finding) => finding.painPoint === painPoint);
    return painPoint === null && own.length === 0 ? [] : [{ painPoint, own }];
  });
  const hasHints = numbered.some(({ finding }) => finding.severity === 'hint');
  const shown = SEVERITIES.filter((severity) => severity !== 'hint' || hasHints);
  const heads = { error: 'Errors', warning: 'Warnings', info: 'Notes', hint: 'Hints' } as const;
  const cells = (findings: readonly ExportFinding[]) => {
    const counts = countsOf(findings);
    return shown.map(
      (severity) => html`<td class="r">${counts[severity] > 0 ? html`${mark(severity)}${counts[severity]}` : '–'}</td>`,
    );
  };
  const unjudged = unjudgedOf(design);
  const notJudged = (painPoint: string | null) => {
    const own = unjudged.filter(({ about }) => PAIN_POINT_OF[about] === painPoint);
    return own.map(({ what, why }) => html`<span class="s muted">${capital(what)} not judged: ${why}</span>`);
  };
  return html`<table class="few"><thead><tr><th scope="col">Pain point</th>${shown.map((severity) => html`<th scope="col" class="r">${heads[severity]}</th>`)}</tr></thead><tbody>
${rows.map(({ painPoint, own }) => html`<tr><th scope="row">${painPointName(painPoint)}${notJudged(painPoint)}</th>${cells(own)}</tr>\n`)}</tbody>
<tfoot><tr><th scope="row">All</th>${cells(numbered.map(({ finding }) => finding))}</tr></tfoot></table>`;
}

function ruleBlock(rule: string, alike: readonly Numbered[], notes: Notes): Html {
  const [first] = alike;
  if (!first) return html``;
  const { title, benefit, teams } = first.finding;
  const about = [
    ...(benefit === '' ? [] : [`What solving it brings: ${lowered(benefit)}.`]),
    ...(teams.length > 0 ? [`To act: ${listed(teams, 5)}.`] : []),
  ].join(' ');
  const told = alike.slice(0, MOST_TOLD);
  const named = alike.slice(MOST_TOLD, MOST_TOLD + MOST_NAMED);
  const left = alike.length - told.length - named.length;
  return html`<h4 class="rule">${title} <code>${rule}</code></h4>${about !== '' && html`<p class="about">${about}</p>`}
<ol class="found">${told.map((one) => item(one, notes))}</ol>
${
  named.length > 0 &&
  html`<p class="about more">And ${counted(named.length + left, 'more of the same', 'more of the same')}: ${named.map(
    ({ number, finding }, index) =>
      html`${index > 0 && ', '}<span id="f${number}">${finding.entity ? `${finding.entity.name} ` : ''}${notes.place(finding.uri, finding.line)}</span>`,
  )}${left > 0 && ` and ${left} further; "vdc check" lists all of them`}.</p>`
}`;
}

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note', hint: 'Hint' } as const;

function item({ number, finding }: Numbered, notes: Notes): Html {
  const { severity, message, owners, fixes, figures, uri, line, entity } = finding;
  const origin = figures.length > 0 ? notes.refer(entity?.name ?? finding.title, figures) : undefined;
  const meta = [
    notes.place(uri, line),
    ...(owners.length > 0 ? [html`owned by ${listed(owners, 5)}`] : []),
    ...(fixes.length > 0
      ? [
          html`way out at hand: ${listed(
            fixes.map((fix) => `“${fix}”`),
            2,
          )}`,
        ]
      : []),
  ];
  return html`<li id="f${number}"><span class="num">F${number}</span><div><p><span class="sev">${mark(severity)}<b>${WORDS[severity]}.</b></span> ${message}${origin}</p><p class="meta">${meta.map((part, index) => html`${index > 0 && ' · '}${part}`)}</p></div></li>\n`;
}

/** References to findings, those of one rule together, for the section of a team. */
export function findingRefs(numbered: readonly Numbered[], most = 12): Html {
  const rules = grouped(numbered, ({ rule }) => rule).map(([, alike]) => {
    const [first] = alike;
    const worst = Math.min(...alike.map(({ finding }) => RANK[finding.severity]));
    return { alike, title: first?.finding.title ?? '', worst };
  });
  const shown = rules.sort((a, b) => a.worst - b.worst).slice(0, most);
  const left = rules.slice(most).reduce((sum, { alike }) => sum + alike.length, 0);
  return html`<ul class="plain refs">${shown.map(({ alike, title, worst }) => {
    const refs = alike
      .slice(0, MOST_REFS)
      .map(({ number }, index) => html`${index > 0 && ', '}<a href="#f${number}">F${number}</a>`);
    const more = alike.length - refs.length;
    return html`<li>${mark(SEVERITIES[worst] ?? 'hint')}${title}: ${refs}${more > 0 && ` and ${more} more`} <span class="muted">(${countsText(alike.map(({ finding }) => finding))})</span></li>`;
  })}${left > 0 && html`<li class="muted">and ${counted(left, 'finding')} more</li>`}</ul>`;
}

function grouped<K>(
  numbered: readonly Numbered[],
  keyOf: (finding: ExportFinding) => K,
): readonly (readonly [K, readonly Numbered[]])[] {
  const groups = new Map<K, Numbered[]>();
  for (const one of numbered) {
    const key = keyOf(one.finding);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups];
}
