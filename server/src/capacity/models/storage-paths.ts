/** What paths between hosts and arrays carry. Rates in bit/s. */

export type PathKind = 'fibre-channel' | 'ethernet';

/**
 * Share of the nominal rate that is payload. Fibre Channel: 100 MB/s for each nominal Gbps (16GFC: 1600 MB/s), 0.8 of what the bits would
 * give. Ethernet with iSCSI, NFS or SMB: 0.9 after headers. Both recalled.
 */
const PAYLOAD_SHARE: Readonly<Record<PathKind, number>> = { 'fibre-channel': 0.8, ethernet: 0.9 };

/** Commands that one port of an array takes at once, and that a host has outstanding for one LUN, where nothing is stated: recalled. */
export const DEFAULT_PORT_QUEUE = 2_048;
export const DEFAULT_LUN_QUEUE = 32;

export interface PathPort {
  readonly rate: number | undefined;
  readonly kind: PathKind;
  /** What is lost with it: its fabric switch, or itself. */
  readonly fate?: string | undefined;
}

/** Sum of rate x payload share, as if load were spread evenly over all of them: an upper bound. `undefined` with an unknown rate. */
export function pathCapacity(ports: readonly PathPort[]): number | undefined {
  let sum = 0;
  for (const { rate, kind } of ports) {
    if (rate === undefined) return undefined;
    sum += rate * PAYLOAD_SHARE[kind];
  }
  return sum;
}

/** What is left after the loss that leaves least, of one port or one fabric; `undefined` without ports or with an unknown rate. */
export function afterPathLoss(
  ports: readonly PathPort[],
): { readonly lost: string; readonly capacity: number } | undefined {
  let worst: { lost: string; capacity: number } | undefined;
  for (const { fate } of ports) {
    if (fate === undefined) return undefined;
    const capacity = pathCapacity(ports.filter((other) => other.fate !== fate));
    if (capacity === undefined) return undefined;
    if (!worst || capacity < worst.capacity) worst = { lost: fate, capacity };
  }
  return worst;
}

/** Nominal rate of all host ports over that of the array: 7 and more is much (recalled). */
export function fanIn(hosts: number | undefined, array: number | undefined): number | undefined {
  return hosts === undefined || !array ? undefined : hosts / array;
}

/** Commands that hosts may have outstanding, Σ LUNs x queue, over what the ports of the array take: ports x queue of a port. */
export function queueShare(
  hosts: readonly { readonly luns: number; readonly queue: number }[],
  ports: number | undefined,
  portQueue: number,
): number | undefined {
  if (!ports || portQueue <= 0) return undefined;
  return hosts.reduce((sum, { luns, queue }) => sum + luns * queue, 0) / (ports * portQueue);
}
