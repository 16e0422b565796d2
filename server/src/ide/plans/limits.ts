import { hostUse } from '../../capacity/load.ts';
import type { Entity } from '../../design/declaration.ts';
import { policyFor } from '../../design/policy.ts';
import { type PlanLimits, type Thresholds, workloadOf } from '../../planner/from-design/gauges.ts';
import { CALM, CALM_USE as CALM_MEMORY_USE, hostMemoryOvercommitted } from '../../rules/host-memory-overcommitted.ts';
import { RULES } from '../../rules/index.ts';
import { limitsFor } from '../../rules/rule.ts';
import { CALM_USE, calmRatio, USUAL_RATIOS, vcpuRatioHigh } from '../../rules/vcpu-ratio-high.ts';

const NONE: Thresholds = { all: [], error: undefined };

const rulesById = new Map(RULES.map((rule) => [rule.id, rule]));

/** The limits of the rules, as the policies of the design set them. */
export const PLAN_LIMITS: PlanLimits = {
  of: (id, host) => {
    const rule = rulesById.get(id);
    const policy = policyFor(host, id);
    if (!rule || policy.isOff) return NONE;
    const limits = limitsFor(rule, policy);
    if (rule === vcpuRatioHigh) return vcpuThresholds(host, limits.error);
    const calm = rule === hostMemoryOvercommitted && isMemoryCalm(host) ? [CALM] : [];
    return { all: ascending([...Object.values(limits), ...calm]), error: limits.error };
  },
  vcpusPerCore: (host, workload) => {
    const policy = policyFor(host, vcpuRatioHigh.id);
    if (policy.isOff) return undefined;
    const usual = USUAL_RATIOS[workload ?? workloadOf(host) ?? 'server'] ?? USUAL_RATIOS.server ?? 4;
    return Math.min(policy.warn?.value ?? usual, policy.info?.value ?? Number.POSITIVE_INFINITY);
  },
};

/** Up to some ratio a host that is half idle is only worth a remark. */
function vcpuThresholds(host: Entity, error: number | undefined): Thresholds {
  const usual = PLAN_LIMITS.vcpusPerCore(host, undefined);
  if (usual === undefined) return NONE;
  const cpu = hostUse(host).cpu?.value;
  const isCalm = policyFor(host, vcpuRatioHigh.id).warn === undefined && cpu !== undefined && cpu < CALM_USE;
  return {
    all: ascending([usual, ...(isCalm ? [calmRatio(usual)] : []), ...(error === undefined ? [] : [error])]),
    error,
  };
}

/** Memory that is promised and not used is only worth a remark up to some share. */
function isMemoryCalm(host: Entity): boolean {
  const active = hostUse(host).activeMemory?.value;
  const isOwnLimit = policyFor(host, hostMemoryOvercommitted.id).warn !== undefined;
  return !isOwnLimit && active !== undefined && active < CALM_MEMORY_USE;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
