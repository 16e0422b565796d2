import { formatDate } from '../../base/dates.ts';
import type { Steps } from '../../base/steps.ts';
import { formatNumber } from '../../base/units.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { asOf, statedAsOf } from '../../capacity/time.ts';
import { totalsOf } from '../../capacity/totals.ts';
import { drawForPage } from '../../topology/picture.ts';
import { counted, Html, html } from '../html.ts';
import type { ExportInput } from '../input.ts';
import { capacitySection } from './capacity.ts';
import { MARKS, stepBar } from './charts.ts';
import { costSection } from './costs.ts';
import { findingsSection, inOrder, painPointTable } from './findings.ts';
import { fillsOf, horizonSection } from './horizon.ts';
import { Notes } from './notes.ts';
import { STYLE } from './style.ts';
import { teamSections } from './teams.ts';
import { verdict } from './verdict.ts';

/** A report in parts: a page of its own is made of them, or a view of an editor. */
export interface ReportParts {
  readonly title: string;
  readonly style: string;
  /** Markup of the page's body. It needs no script and loads nothing. */
  readonly body: string;
  /** Uris of the files that marked places are in: `data-at` is the index here and a line, from 1. */
  readonly places: readonly string[];
}

/** The report for people who will not open an editor, in steps. Everything in it the check says, too, or a hover does. */
export function* reportInSteps(input: ExportInput): Steps<ReportParts> {
  const { design, graph } = input;
  const notes = new Notes(input);
  const name = design.plan()?.name ?? graph.name;
  const numbered = inOrder(input);
  const fills = fillsOf(design);
  yield;
  const about = subtitle(input);
  yield;
  const head = html`<h1>${name}</h1><p class="sub">${about}</p>${verdict(input, fills)}${painPointTable(input, numbered)}`;
  yield;
  const sections: { readonly id: string; readonly title: string; readonly body: Html }[] = [];
  const add = (id: string, title: string, body: Html): void => void sections.push({ id, title, body });
  if (graph.sites.some(({ clusters, switches, arrays }) => clusters.length + switches.length + arrays.length > 0)) {
    const routes = input.routes ? { routes: input.routes } : {};
    add('topology', 'Topology', html`<div class="diagram">${new Html(drawForPage(graph, routes))}</div>`);
    yield;
  }
  add('findings', 'Findings', findingsSection(input, numbered, notes));
  yield;
  add('capacity', 'Capacity today', capacitySection(design, notes));
  yield;
  add('horizon', 'Along the horizon', horizonSection(design, fills, notes));
  yield;
  add('cost', 'Cost', costSection(design, notes));
  yield;
  if (input.maturity) add('maturity', 'Maturity', maturity(input.maturity));
  add('teams', 'Teams', teamSections(input, numbered));
  yield;
  if (notes.count > 0)
    add(
      'origins',
      'Where the figures come from',
      html`<p class="about">Each number refers to a row above. A figure is stated in the text, assumed from a named default, or derived by the formula behind it; its inputs follow.</p>${notes.list()}`,
    );
  const nav = html`<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>`;
  const body = html`${MARKS}<main>${head}${nav}
${sections.map(({ id, title, body: inside }) => html`<section id="${id}"><h2>${title}</h2>${inside}</section>\n`)}
<footer>VDC Designer. Everything here follows from ${input.file}; nothing was measured anew.</footer></main>`;
  return { title: `${name}: report`, style: STYLE, body: body.text, places: notes.places };
}

/** A report as one file that needs nothing else. */
export function reportPage({ title, style, body }: ReportParts): string {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="VDC Designer"><title>${title}</title>
<style>${new Html(style)}</style></head>
<body>${new Html(body)}</body></html>
`.text;
}

function subtitle({ design, file }: ExportInput): string {
  const { vms, on, hosts, hostsUndescribed } = totalsOf(design);
  const day = asOf(design);
  const stated = statedAsOf(design);
  const isLater = day !== undefined && day !== stated;
  const clusters = [...design.members('cluster')].length;
  return [
    file,
    day ? `${isLater ? 'evaluated at' : 'as of'} ${formatDate(day)}` : 'no day stated',
    `horizon ${formatNumber(horizonOf(design))} months`,
    `${counted(vms, 'VM')}${on < vms ? ` (${on} on)` : ''} on ${counted(hosts + hostsUndescribed, 'host')}${clusters > 0 ? ` in ${counted(clusters, 'cluster')}` : ''}`,
  ].join(' · ');
}

function maturity({ stage, name, dimensions, next }: NonNullable<ExportInput['maturity']>): Html {
  return html`<p>Stage ${stage} of 5: ${name}. ${stepBar(stage, 5)}</p>
${next.length > 0 && html`<p>For stage ${stage + 1}:</p><ul class="plain">${next.map((step) => html`<li>${step}</li>`)}</ul>`}
<table><thead><tr><th scope="col">Dimension</th><th scope="col">Steps taken</th><th scope="col">Next</th></tr></thead><tbody>
${dimensions.map((one) => html`<tr><th scope="row">${one.name}${!one.isCore && html` <span class="muted">beside</span>`}</th><td>${one.score} of 4 ${stepBar(one.score, 4)}</td><td>${one.next ?? 'all taken'}</td></tr>\n`)}</tbody></table>`;
}
