import { hostCpuOverloaded } from './host-cpu-overloaded.ts';
import { hostMemoryActiveHigh } from './host-memory-active-high.ts';
import { hostMemoryOvercommitted } from './host-memory-overcommitted.ts';
import type { Rule } from './rule.ts';
import { sessionsAtRisk } from './sessions-at-risk.ts';
import { uplinkLossUnsurvivable } from './uplink-loss-unsurvivable.ts';
import { uplinksOverloaded } from './uplinks-overloaded.ts';
import { vcpuRatioHigh } from './vcpu-ratio-high.ts';

/** Every rule, in the order of their ids. */
export const RULES: readonly Rule[] = [
  hostCpuOverloaded,
  hostMemoryActiveHigh,
  hostMemoryOvercommitted,
  sessionsAtRisk,
  uplinkLossUnsurvivable,
  uplinksOverloaded,
  vcpuRatioHigh,
];
