/** Words with a meaning of their own where a value stands. Something called so is quoted. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(['x', 'each', 'none', '*']);

/**
 * Every clause word of the schema. After an optional subject or a comma such a word begins a clause, so a name equal to
 * one is quoted wherever it stands: quoting is always right, and the writer need not know which statement it is in.
 */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  `active adapter address as at availability ballooned because between by capex card change clock consumed cores cost cpu
   dhcp dirty disk downtime during edition error file for from gateway generation group hit hosts image in info iops
   last-used latency level limit linked mac media memory minimum mode model monitor mtu net numa of off on opex over
   owned per-host per-order per-socket pool product queue raid reads ready replica reserve rounds rpo rx sessions
   severity should size slot-cpu slot-memory since sockets spares sriov standby startup state swapped taken teaming
   thick thin throughput timeout tls to tx until unlimited used vendor via vms warn within working-set year build`.split(
    /\s+/,
  ),
);
