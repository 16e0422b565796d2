import type { Figure } from '../../capacity/figure.ts';
import { hostPeak, hostUse } from '../../capacity/load.ts';
import { switchesOf } from '../../capacity/uplinks.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';

/** A figure without its history, which ends with the design that it was taken from. */
export type PlainFigure = Pick<Figure, 'value' | 'unit' | 'isAtLeast'>;

/** Figures of a host by their label. */
export type HostFigures = ReadonlyMap<string, PlainFigure>;

/** Everything about a host that moves change, as far as it is stated. */
export function hostFigures(host: Entity): HostFigures {
  const { cpu, memory, activeMemory, vcpuRatio } = hostUse(host);
  const found = new Map<string, PlainFigure>();
  const put = (label: string, figure: Figure | undefined) => {
    if (figure) found.set(label, { value: figure.value, unit: figure.unit, isAtLeast: figure.isAtLeast });
  };
  put('CPU', cpu);
  const peak = hostPeak(host);
  put(`CPU ${peak?.window}`, peak?.cpu);
  put('memory', memory);
  put('active memory', activeMemory);
  put('vCPU per core', vcpuRatio);
  for (const { name, use, useAfterLoss } of switchesOf(host)) {
    put(`network ${name}`, use);
    put(`network ${name} without ${useAfterLoss?.lost}`, useAfterLoss?.share);
  }
  return found;
}

/** The figure that a rule looks at, with what to call it; undefined for rules that look at no host. */
export function watchedFigure(
  design: Design,
  finding: { readonly rule: string; readonly about: string },
): { readonly label: string; readonly figure: PlainFigure } | undefined {
  for (const host of design.members('host')) {
    if (entityId(host) !== finding.about) continue;
    const worst = worstOf([...hostFigures(host)].filter(([label]) => isWatched(finding.rule, label)));
    return worst && { label: worst[0], figure: worst[1] };
  }
  return undefined;
}

function isWatched(rule: string, label: string): boolean {
  switch (rule) {
    case 'host-cpu-overloaded':
      return label.startsWith('CPU');
    case 'host-memory-overcommitted':
      return label === 'memory';
    case 'host-memory-active-high':
      return label === 'active memory';
    case 'vcpu-ratio-high':
      return label === 'vCPU per core';
    case 'uplinks-overloaded':
      return label.startsWith('network') && !label.includes(' without ');
    case 'uplink-loss-unsurvivable':
      return label.includes(' without ');
    default:
      return false;
  }
}

function worstOf(figures: readonly (readonly [string, PlainFigure])[]): readonly [string, PlainFigure] | undefined {
  return [...figures].sort(([, a], [, b]) => b.value - a.value)[0];
}
