import { formatNumber } from '../../base/units.ts';
import { failoverResult } from '../../capacity/absorption.ts';
import { firstYearOf } from '../../capacity/budget.ts';
import { clusterUse } from '../../capacity/cluster.ts';
import { costIn, costLinesOf, PRICED_KINDS, unpricedOf } from '../../capacity/cost.ts';
import { exists } from '../../capacity/exists.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { hostUse } from '../../capacity/load.ts';
import { planYears } from '../../capacity/plan-years.ts';
import { unjudgedOf } from '../../capacity/unjudged.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { counted, type Html, html, listed } from '../html.ts';
import type { ExportFinding, ExportInput } from '../input.ts';
import { labelOf } from './capacity.ts';
import { countsText } from './findings.ts';
import { type Fill, whenText } from './horizon.ts';
import { costText, money } from './money.ts';

/** Pain points that say that something does not fit. */
const OF_CAPACITY: ReadonlySet<string | null> = new Set([
  'resource-starvation',
  'overflowing-storage',
  'congested-storage-network',
]);

interface Answer {
  readonly short: string;
  readonly more: string;
  /** A sentence of the verdict. */
  readonly sentence: string;
}

/** One paragraph: does it fit, what breaks first, what does it cost; and the same in four tiles. */
export function verdict(input: ExportInput, fills: readonly Fill[]): Html {
  const fit = fitOf(input);
  const first = firstToBreak(input, fills);
  const cost = costOf(input.design);
  const { maturity } = input;
  const unjudged = unjudgedText(input.design);
  const stage = maturity && `By what it states, it is at stage ${maturity.stage} of 5: ${maturity.name}.`;
  const tiles = [
    ['Does it fit?', fit],
    ['What breaks first?', first],
    ['What does it cost?', cost],
    ...(maturity
      ? ([['How mature is it?', { short: `Stage ${maturity.stage} of 5`, more: maturity.name }]] as const)
      : []),
  ] as const;
  return html`<p class="verdict">${[fit.sentence, unjudged, first.sentence, cost.sentence, stage].filter((part) => part).join(' ')}</p>
<ul class="tiles">${tiles.map(([title, { short, more }]) => html`<li><span class="t">${title}</span><b>${short}</b><span class="s">${more}</span></li>`)}</ul>`;
}

/** Where a rule has nothing to compare it is silent, which is not to be read as room. */
function unjudgedText(design: Design): string | undefined {
  const what = unjudgedOf(design).map((one) => one.what);
  return what.length === 0 ? undefined : `Not judged, as too little is stated: ${what.join('; ')}.`;
}

function fitOf({ design, findings }: ExportInput): Answer {
  const text = findings.filter(({ painPoint, severity }) => painPoint === null && severity === 'error');
  const unread = text.length > 0 ? ` ${counted(text.length, 'mistake')} in the text may hide more.` : '';
  const [errors, warnings] = (['error', 'warning'] as const).map((severity) =>
    findings.filter((one) => one.severity === severity && isOfCapacity(one)),
  );
  const more = countsText(findings);
  if (errors && errors.length > 0)
    return {
      short: 'No',
      more,
      sentence: `It does not fit: ${counted(errors.length, 'error')} of capacity. ${firstSentence(errors)}${unread}`,
    };
  const others = findings.filter((one) => one.severity === 'error' && one.painPoint !== null);
  const stand = others.length === 1 ? 'stands' : 'stand';
  const beside =
    others.length > 0
      ? ` Besides, ${counted(others.length, 'error')} of other kinds ${stand} against it. ${firstSentence(others)}`
      : '';
  if (warnings && warnings.length > 0)
    return {
      short: 'Narrowly',
      more,
      sentence: `It fits, but narrowly: ${counted(warnings.length, 'warning')} of capacity. ${firstSentence(warnings)}${beside}${unread}`,
    };
  if (!isKnown(design))
    return {
      short: 'Not known',
      more,
      sentence: `Whether it fits is not known: no cluster or host states both what it has and what its VMs ask for.${unread}`,
    };
  if (others.length > 0)
    return {
      short: 'Yes, but',
      more,
      sentence: `It has room for what it asks, but ${counted(others.length, 'error')} ${stand} against it. ${firstSentence(others)}${unread}`,
    };
  return { short: 'Yes', more, sentence: `It fits, by what it states.${unread}` };
}

/** Broken placement is no lack of room: what is about room compares figures. */
function isOfCapacity({ painPoint, figures }: ExportFinding): boolean {
  return OF_CAPACITY.has(painPoint) && figures.length > 0;
}

/** What the first finding says is wrong: messages begin with that. */
function firstSentence(findings: readonly ExportFinding[]): string {
  return findings[0]?.message.split(/(?<=[.!?])\s/u)[0] ?? '';
}

/** Whether a load is known anywhere. */
function isKnown(design: Design): boolean {
  const shares = [...design.members('cluster')]
    .map(clusterUse)
    .map(({ cpuShare, memoryShare }) => cpuShare ?? memoryShare);
  return (
    shares.some((share) => share !== undefined) ||
    [...design.members('host')].some((host) => hostUse(host).cpu ?? hostUse(host).memory)
  );
}

function firstToBreak({ design }: ExportInput, fills: readonly Fill[]): Answer {
  const clusters = inTextOrder([...design.members('cluster')]).filter(exists);
  const failing = clusters.filter((cluster) => failoverResult(cluster)?.outcome === 'fails').map(labelOf);
  const fails = failing.length > 0 ? `The loss that must be survived is not survived by ${listed(failing)}.` : '';
  const [fill] = fills;
  const horizon = `${formatNumber(horizonOf(design))} months`;
  const said = (short: string, more: string, sentence: string): Answer => ({
    short,
    more,
    sentence: [fails, sentence].filter((part) => part).join(' '),
  });
  if (fill?.months !== undefined) {
    const when = whenText(design, fill.months);
    const sentence = `First to run out: ${fill.what} of ${fill.label}, ${when}.`;
    return failing.length > 0
      ? said(listed(failing, 2), `when a host fails; then ${fill.what} of ${fill.label}, ${when}`, sentence)
      : said(when.replace(/^in /, ''), `${fill.what} of ${fill.label}`, sentence);
  }
  if (failing.length > 0) return said(listed(failing, 2), 'when a host fails', '');
  if (fill) return said('Nothing', `within ${horizon}`, `Nothing whose growth is stated runs out within ${horizon}.`);
  return said('Not forecast', 'no growth is stated', 'No growth is stated, so nothing is forecast.');
}

function costOf(design: Design): Answer {
  const { lines, isComplete } = costLinesOf(design);
  if (lines.length === 0)
    return {
      short: 'Not known',
      more: 'no price is stated',
      sentence: 'No price is stated, so the cost is not known.',
    };
  const firstYear = firstYearOf(design);
  const unpriced = PRICED_KINDS.reduce((sum, kind) => sum + unpricedOf(design, kind).length, 0);
  const { capex, opex } = costIn(lines, firstYear, firstYear);
  const isAtLeast = !isComplete || unpriced > 0;
  const least = isAtLeast ? 'at least ' : '';
  const years = planYears(design);
  const all = years?.years.reduce((sum, { once, yearly }) => sum + once + yearly, 0);
  const long =
    years && all !== undefined
      ? `, ${years.isAtLeast ? 'at least ' : ''}${money(design, all)} in ${years.years.length} years`
      : '';
  const lacking =
    unpriced > 0
      ? `; ${counted(unpriced, 'thing')} that ${unpriced === 1 ? 'has' : 'have'} to be paid for ${unpriced === 1 ? 'states' : 'state'} no price`
      : '';
  return {
    short: `${isAtLeast ? '≥\u202f' : ''}${money(design, capex + opex)}`,
    more: `${firstYear === undefined ? 'in the first year' : `in ${firstYear}`}${long}`,
    sentence: `It costs ${least}${costText(design, { once: capex, yearly: opex })}${firstYear === undefined ? '' : ` in ${firstYear}`}${long}${lacking}.`,
  };
}
