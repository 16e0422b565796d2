import type { Span } from '../base/span.ts';
import type { Declaration, Entity, Located } from './declaration.ts';
import type { Named } from './names.ts';

/** What one `runs` statement says of one VM. */
export interface Claim {
  readonly vm: Named & Span;
  /** The host or cluster it names with `on`; undefined where the statement stands in it. */
  readonly on: Named | undefined;
  /** The host or cluster it stands in. */
  readonly within: Entity | undefined;
  /** The host or cluster that the amendment around it speaks of. */
  readonly amended: Named | undefined;
  readonly owner: Declaration;
  readonly located: Located;
  /** Dealt with `each` over a range of hosts: gives way to a host named for the VM. */
  readonly dealt: boolean;
}
