/** A plan that is looked at before it is accepted. */
export interface ShownPlan {
  readonly id: string;
  /** The picture is that after so many of its steps; after all of them without. */
  readonly step?: number;
  /** The edit that makes it so is on its way. */
  readonly isAccepted?: boolean;
  /** Something was tried that has to wait for it: said until one does something else. */
  readonly isInTheWay?: boolean;
}

/** After this many of its `last` steps; after all of them is how it is shown at first. */
export function stepped(plan: ShownPlan, step: number, last: number): ShownPlan {
  const { step: _, ...rest } = resumed(plan);
  return step >= last ? rest : { ...rest, step: Math.max(0, step) };
}

/** Something else is done than what has to wait for it. */
export function resumed<T extends ShownPlan | undefined>(plan: T): T {
  if (!plan?.isInTheWay) return plan;
  const { isInTheWay: _, ...rest } = plan;
  return rest as T;
}
