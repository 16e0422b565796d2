/** What is lost with one failure domain: a host, rack, cluster, datastore, array, switch or site. Counts of members. */

/** Members that must stay up for a vote to be won: floor(members / 2) + 1, the definition of a majority. */
export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

/** The fewest members that the fullest of some domains holds, however they are spread: ceil(members / domains). Ours. */
export function evenSpread(members: number, domains: number): number | undefined {
  return domains > 0 ? Math.ceil(members / domains) : undefined;
}

export interface DomainLoss<D> {
  readonly domain: D;
  /** Members that go with it. */
  readonly lost: number;
  readonly left: number;
}

/** The domain that takes most members with it, the first of those that take as many; undefined without domains. */
export function worstDomain<D>(members: ReadonlyMap<D, number>): DomainLoss<D> | undefined {
  let all = 0;
  let worst: { readonly domain: D; readonly lost: number } | undefined;
  for (const [domain, count] of members) {
    all += count;
    if (!worst || count > worst.lost) worst = { domain, lost: count };
  }
  return worst && { ...worst, left: all - worst.lost };
}

/** Whether any spread over some domains keeps `needed` members after the loss of any one of them. */
export function couldKeep(members: number, needed: number, domains: number): boolean {
  const most = evenSpread(members, domains);
  return most !== undefined && members - most >= needed;
}
