import { hostCpuOverloaded } from './host-cpu-overloaded.ts';
import type { Rule } from './rule.ts';

/** Every rule, in the order of their ids. */
export const RULES: readonly Rule[] = [hostCpuOverloaded];
