import { formatFigure } from '../capacity/figure.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { limitsAt } from '../topology/build/limits.ts';
import {
  type ChangedFigure,
  classify,
  type FigureChange,
  type HostChange,
  type Thresholds,
} from '../topology/graph.ts';
import { type HostFigures, hostFigures, type PlainFigure } from './plans/figures.ts';

/** Hosts in two designs, of which one may lack some: those whose figures differ. */
export function hostChanges(ids: readonly string[], before: Design, after: Design): readonly HostChange[] {
  const wanted = new Set(ids);
  const hostsOf = (design: Design): ReadonlyMap<string, Entity> =>
    new Map(
      [...design.members('host')].flatMap((host) => (wanted.has(entityId(host)) ? [[entityId(host), host]] : [])),
    );
  const [old, now] = [hostsOf(before), hostsOf(after)];
  return ids.flatMap((id): HostChange[] => {
    const [was, is] = [old.get(id), now.get(id)];
    const host = is ?? was;
    if (!host) return [];
    const figuresOf = (one: Entity | undefined): HostFigures => (one ? hostFigures(one) : new Map());
    const figures = changesIn(figuresOf(was), figuresOf(is), limitsAt(host));
    const isChanged = figures.some((figure) => figure.before?.text !== figure.after?.text);
    return isChanged ? [{ host: id, name: host.name, figures }] : [];
  });
}

/** Figures of a host before and after, in classes of what its policies allow. */
export function changesIn(
  old: HostFigures,
  now: HostFigures,
  limits: ReturnType<typeof limitsAt>,
): readonly FigureChange[] {
  const labels = [...new Set([...old.keys(), ...now.keys()])].filter((label) => !label.includes('undefined'));
  return labels.map((label) => ({
    label,
    before: shown(old.get(label), limitsOf(label, limits)),
    after: shown(now.get(label), limitsOf(label, limits)),
  }));
}

function shown(figure: PlainFigure | undefined, limits: Thresholds | undefined): ChangedFigure | null {
  if (!figure) return null;
  const share = figure.unit === 'share' ? { share: figure.value } : {};
  const own = limits && figure.unit === 'share' ? { class: classify(figure.value, limits) } : {};
  return { text: `${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}`, ...share, ...own };
}

function limitsOf(label: string, limits: ReturnType<typeof limitsAt>): Thresholds | undefined {
  if (label === 'CPU' || label.startsWith('CPU ')) return limits.cpu;
  if (label === 'memory') return limits.memory;
  return label.startsWith('network') ? limits.network : undefined;
}
