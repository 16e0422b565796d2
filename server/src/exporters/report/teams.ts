import { derive } from '../../base/reactive.ts';
import { formatNumber } from '../../base/units.ts';
import { budgetsOf, firstYearOf } from '../../capacity/budget.ts';
import { costIn } from '../../capacity/cost.ts';
import { OWNED_KINDS, roleOf, unownedOf } from '../../capacity/ownership.ts';
import { staffLoadOf } from '../../capacity/staff.ts';
import { linesOwnedBy, unpricedOwnedBy } from '../../capacity/team-costs.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { ownersOf, propsOf } from '../../design/things.ts';
import { capital, counted, type Html, html, listed, manyOf, oneOf } from '../html.ts';
import type { ExportInput } from '../input.ts';
import { mark } from './charts.ts';
import { countsText, findingRefs, type Numbered } from './findings.ts';
import { costText, money } from './money.ts';

/**
 * A section for each team of the design: what it owns, what that costs against its budget, whether its people are enough, what it has to do.
 * What has no owner goes to the teams whose role a rule names; in a design without teams those roles stand for them.
 */
export function teamSections(input: ExportInput, numbered: readonly Numbered[]): Html {
  const { design } = input;
  const teams = inTextOrder([...design.members('team')]);
  const byTeam = findingsByTeam(teams, numbered);
  const sections = teams.map((team) => teamSection(design, team, byTeam.get(team.name) ?? []));
  const others = [...byTeam]
    .filter(([name]) => !teams.some((team) => team.name === name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const unowned = unownedThings(design);
  if (teams.length === 0 && others.length === 0)
    return html`<p>The design names no teams, and there is nothing to do.</p>`;
  return html`${teams.length === 0 && html`<p>The design names no teams; findings are those of the groups that usually answer for them.</p>`}${sections}
${others.map(([name, own]) => html`<h3>${teams.length > 0 ? `Others: ${name}` : capital(name)}</h3>${findingRefs(own)}`)}
${
  teams.length > 0 &&
  unowned.length > 0 &&
  html`<h3>Owned by nobody</h3><ul class="plain">${unowned.map(
    ({ kind, things }) =>
      html`<li>${counted(things.length, oneOf(kind), manyOf(kind))}: ${listed(
        things.map(({ name }) => name),
        8,
      )}</li>`,
  )}</ul>`
}`;
}

/** A finding is that of the owners of the thing, else of the teams whose role the rule names, else of that role. */
function findingsByTeam(
  teams: readonly Entity[],
  numbered: readonly Numbered[],
): ReadonlyMap<string, readonly Numbered[]> {
  const found = new Map<string, Numbered[]>();
  for (const one of numbered) {
    const { owners, teams: roles } = one.finding;
    const fitting = teams.filter((team) => roles.includes(roleOf(team))).map(({ name }) => name);
    const names = owners.length > 0 ? owners : fitting.length > 0 ? fitting : roles;
    for (const name of names) {
      const known = found.get(name);
      if (known) known.push(one);
      else found.set(name, [one]);
    }
  }
  return found;
}

function teamSection(design: Design, team: Entity, own: readonly Numbered[]): Html {
  const role = roleOf(team);
  const facts = [ownedText(design, team), costsOf(design, team), ...staffTexts(team)].filter(
    (text) => text !== undefined,
  );
  return html`<section><h3>${capital(team.name)}${role !== team.name && html` <span class="muted">(${role})</span>`}</h3>
${facts.length > 0 && html`<ul class="plain">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`}
${own.length > 0 ? html`<p class="about">To act on: ${countsText(own.map(({ finding }) => finding))}</p>${findingRefs(own)}` : html`<p class="about">Nothing to act on.</p>`}</section>`;
}

function ownedText(design: Design, team: Entity): string | undefined {
  const counts = ownedCounts(design).get(team);
  const parts = OWNED_KINDS.flatMap((kind) => {
    const count = counts?.get(kind);
    return count ? [counted(count, oneOf(kind), manyOf(kind))] : [];
  });
  return parts.length > 0 ? `owns ${listed(parts, 9)}` : undefined;
}

/** How many things of each kind a team owns. There may be a thousand hosts, and owners seldom change. */
const ownedCounts = derive((design: Design): ReadonlyMap<Entity, ReadonlyMap<string, number>> => {
  const found = new Map<Entity, Map<string, number>>();
  for (const kind of OWNED_KINDS) {
    for (const thing of design.members(kind)) {
      for (const team of ownersOf(thing)) {
        const counts = found.get(team) ?? new Map<string, number>();
        found.set(team, counts.set(kind, (counts.get(kind) ?? 0) + 1));
      }
    }
  }
  return found;
});

const unownedThings = derive((design: Design) =>
  OWNED_KINDS.map((kind) => ({ kind, things: unownedOf(design, kind) })).filter(({ things }) => things.length > 0),
);

function costsOf(design: Design, team: Entity): Html | undefined {
  const firstYear = firstYearOf(design);
  const lines = linesOwnedBy(team);
  const unpriced = unpricedOwnedBy(team);
  const budgets = budgetsOf(team);
  if (lines.length === 0 && budgets.length === 0) return undefined;
  const { capex, opex } = costIn(lines, firstYear, firstYear);
  const least = unpriced.length > 0 ? 'at least ' : '';
  const against = budgets.map(({ kind, year, budget, amount, isAtLeast }) => {
    const isOver = amount > budget * (1 + 1e-9);
    const isNear = !isOver && amount > budget * 0.9 * (1 + 1e-9);
    const share = budget > 0 ? `, ${formatNumber((amount / budget) * 100, 0)}\u202f%` : '';
    return html`<li>${isOver ? mark('error') : isNear && mark('warning')}budget ${kind === 'capex' ? 'for what is paid once' : 'for what is paid every year'}${year === undefined ? '' : ` in ${year}`}: ${isAtLeast && '≥\u202f'}${money(design, amount)} of ${money(design, budget)}${share}${isOver && ', exceeded'}</li>`;
  });
  return html`costs ${least}${costText(design, { once: capex, yearly: opex })}${firstYear === undefined ? '' : ` in ${firstYear}`}${
    unpriced.length > 0 &&
    `; no price is stated of ${listed(
      unpriced.map(({ name }) => name),
      4,
    )}`
  }${against.length > 0 && html`<ul class="plain">${against}</ul>`}`;
}

function staffTexts(team: Entity): readonly string[] {
  const staff = propsOf(team).number('staff');
  const loads = staffLoadOf(team).map(
    ({ what, count, staff: people, ratio }) =>
      `${formatNumber(count)} ${what} for ${counted(people.value, 'person', 'people')}; ${formatNumber(Math.ceil(count / ratio.value - 1e-9))} would be needed at ${formatNumber(ratio.value)} each`,
  );
  return loads.length > 0 || !staff ? loads : [counted(staff.value, 'person', 'people')];
}
