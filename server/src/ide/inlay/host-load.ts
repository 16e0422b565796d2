import { formatShare } from '../../base/units.ts';
import { type Figure, isAssumed } from '../../capacity/figure.ts';
import { hostUse, runningOn } from '../../capacity/load.ts';
import type { Entity } from '../../design/declaration.ts';
import { entityCard } from '../hover/card.ts';
import { paragraphs, plain, table } from '../hover/markdown.ts';
import { meantBy, mentionsIn } from '../mentions.ts';
import { declaresThings, type HintReader, type InlayHint, MOST_MEMBERS } from './hint.ts';

/** The busiest hosts of a range are named in the tooltip. */
const MOST_NAMED = 5;

/** How busy a host is, behind its name: `87 % CPU · 61 % memory`; for a range from the idlest to the busiest. */
export const hostLoadHints: HintReader = (visit, uri) => {
  const { sentence, placeFrom, owner } = visit;
  if (sentence.word !== 'host' || !declaresThings(visit)) return [];
  return mentionsIn(sentence).flatMap((mention): InlayHint[] => {
    const hosts = mention.isDeclaration ? meantBy(mention, owner).entities : [];
    if (hosts.length === 0 || hosts.length > MOST_MEMBERS) return [];
    const label = loadText(hosts);
    if (label === '') return [];
    return [{ kind: 'hostLoad', at: placeFrom + mention.part.to, label, tooltip: () => tooltipOf(hosts, uri) }];
  });
};

function loadText(hosts: readonly Entity[]): string {
  const cpu = spreadText(hosts, (host) => hostUse(host).cpu);
  const memory = spreadText(hosts, (host) => hostUse(host).memory);
  return [cpu && `${cpu} CPU`, memory && `${memory} memory`].filter((text) => text).join(' · ');
}

/** `40 %`, `12–40 %`; `≥` where some VMs do not state it, `≈` where some of the load is assumed. Nothing where nothing runs. */
function spreadText(hosts: readonly Entity[], read: (host: Entity) => Figure | undefined): string {
  const shares: number[] = [];
  let isAtLeast = false;
  let isAbout = false;
  let isLoaded = false;
  for (const host of hosts) {
    const figure = read(host);
    if (!figure) {
      if (runningOn(host).length > 0) return '';
      shares.push(0);
      continue;
    }
    isLoaded = true;
    isAtLeast ||= figure.isAtLeast;
    // What carries the load rests on some default of ours nearly always.
    isAbout ||= figure.inputs?.[0] !== undefined && isAssumed(figure.inputs[0]);
    shares.push(figure.value);
  }
  if (!isLoaded) return '';
  const [least, most] = [whole(Math.min(...shares)), whole(Math.max(...shares))];
  const sign = isAtLeast ? '≥ ' : isAbout ? '≈ ' : '';
  return `${sign}${least === most ? '' : `${least.replace(' %', '')}–`}${most}`;
}

function whole(share: number): string {
  return formatShare(Math.round(share * 100) / 100);
}

function tooltipOf(hosts: readonly Entity[], uri: string): string {
  const load = (host: Entity) => Math.max(hostUse(host).cpu?.value ?? 0, hostUse(host).memory?.value ?? 0);
  const [busiest, ...others] = [...hosts].sort((a, b) => load(b) - load(a));
  if (!busiest) return '';
  const named = [busiest, ...others].slice(0, MOST_NAMED);
  const rows = named.map((host) => [plain(host.name), plain(loadText([host]))]);
  return paragraphs([others.length > 0 ? table(rows) : '', entityCard(busiest, uri)]);
}
