import type { Address } from '../base/addresses.ts';
import type { Entity } from '../design/declaration.ts';
import type { GuestDisk } from './platforms/guest-disks.ts';

export interface VmDisk {
  readonly name: string;
  readonly size: number | undefined;
  readonly used: number | undefined;
  readonly isThin: boolean;
  readonly datastore: Entity | undefined;
}

export interface VmNic {
  readonly network: Entity | undefined;
  /** Whether it names a network, known or not. */
  readonly isNamed: boolean;
  readonly address: Address | undefined;
  /** Which of its `nic` statements it is: `nicStatement` finds it again. */
  readonly order: number;
}

/** What is asked for during a window, where `demand … during` says so. */
export interface VmPeak {
  readonly window: string;
  readonly cpu: number | undefined;
  readonly cpuShare: number | undefined;
  readonly iops: number | undefined;
}

/** What a VM asks for that most VMs of its class ask for, too. */
interface Demand {
  /** Hz. */
  readonly cpu: number | undefined;
  /** Share of its vCPUs, where demand is stated so. */
  readonly cpuShare: number | undefined;
  readonly tx: number | undefined;
  readonly rx: number | undefined;
  readonly iops: number | undefined;
  readonly reads: number | undefined;
  /** Data rate of its disks, bit/s. */
  readonly throughput: number | undefined;
  readonly dirtyRate: number | undefined;
  /** Memory that it keeps writing to, bytes. */
  readonly workingSet: number | undefined;
  /** TLS handshakes per second. */
  readonly tls: number | undefined;
  readonly isCpuAssumed: boolean;
  readonly isNetAssumed: boolean;
  readonly isIoAssumed: boolean;
  readonly isIoHeavy: boolean;
  /** It states for how much CPU it was seen to use. */
  readonly isCpuMeasured: boolean;
  /** Kind of work, where the VM states its own. */
  readonly workload: string | undefined;
  readonly peaks: readonly VmPeak[];
}

/** What is alike of most VMs of a design. */
interface Traits {
  /** On the plan's day: not before its `from`, not after its `until`. */
  readonly exists: boolean;
  /** It states a `from` or an `until`. */
  readonly isDated: boolean;
  /** It states devices, bonds or shared disks, which may tie it to its host. */
  readonly mayBeTied: boolean;
  readonly state: string;
  readonly reservedMemory: number | undefined;
  /** Hz that growth by an amount adds to a demand that is stated as a share. */
  readonly addedCpu: number;
  /** It states a `growth` of its own. */
  readonly statesGrowth: boolean;
  /** Share of the time that a vCPU was seen to wait for a core. */
  readonly ready: number | undefined;
  readonly hasSnapshots: boolean;
  /** What its guest system asks of its disk, if that is known. */
  readonly guestDisk: GuestDisk | undefined;
  /** Its guest system is Windows Server. */
  readonly isWindowsServer: boolean;
}

/**
 * What a VM is and asks for, in base units; undefined is not stated. Demand is what `demand` says, else what was
 * `measured`, else what is assumed.
 */
export interface VmFacts extends Demand, Traits {
  readonly vcpus: number | undefined;
  readonly memory: number | undefined;
  readonly activeMemory: number | undefined;
  readonly disks: readonly VmDisk[];
  /** Sum of its disks, or what `storage` states. */
  readonly provisioned: number | undefined;
  readonly used: number | undefined;
  readonly nics: readonly VmNic[];
  readonly home: Entity | undefined;
  /** The physical server whose work it takes over. */
  readonly replaces: Entity | undefined;
}

/** What is the VM's alone. */
interface Own extends Pick<VmFacts, 'vcpus' | 'memory' | 'activeMemory' | 'disks' | 'nics' | 'home' | 'replaces'> {
  /** Where its disks do not say it. */
  readonly provisioned: number | undefined;
  readonly used: number | undefined;
}

/** Facts of a VM in little memory: what is alike of many VMs is kept once. There may be a hundred thousand of them. */
export class KeptFacts implements VmFacts {
  readonly vcpus: number | undefined;
  readonly memory: number | undefined;
  readonly activeMemory: number | undefined;
  readonly disks: readonly VmDisk[];
  readonly nics: readonly VmNic[];
  readonly home: Entity | undefined;
  readonly replaces: Entity | undefined;
  private readonly provisionedOtherwise: number | undefined;
  private readonly usedOtherwise: number | undefined;
  private readonly demand: Demand;
  private readonly traits: Traits;

  constructor(own: Own, demand: Demand, traits: Traits) {
    this.vcpus = own.vcpus;
    this.memory = own.memory;
    this.activeMemory = own.activeMemory;
    this.disks = own.disks;
    this.nics = own.nics;
    this.home = own.home;
    this.replaces = own.replaces;
    this.provisionedOtherwise = own.provisioned;
    this.usedOtherwise = own.used;
    this.demand = demands.known(demand);
    this.traits = allTraits.known(traits);
  }

  get cpu() {
    return this.demand.cpu;
  }
  get cpuShare() {
    return this.demand.cpuShare;
  }
  get tx() {
    return this.demand.tx;
  }
  get rx() {
    return this.demand.rx;
  }
  get iops() {
    return this.demand.iops;
  }
  get reads() {
    return this.demand.reads;
  }
  get throughput() {
    return this.demand.throughput;
  }
  get dirtyRate() {
    return this.demand.dirtyRate;
  }
  get workingSet() {
    return this.demand.workingSet;
  }
  get tls() {
    return this.demand.tls;
  }
  get isCpuAssumed() {
    return this.demand.isCpuAssumed;
  }
  get isNetAssumed() {
    return this.demand.isNetAssumed;
  }
  get isIoAssumed() {
    return this.demand.isIoAssumed;
  }
  get isIoHeavy() {
    return this.demand.isIoHeavy;
  }
  get isCpuMeasured() {
    return this.demand.isCpuMeasured;
  }
  get workload() {
    return this.demand.workload;
  }
  get peaks() {
    return this.demand.peaks;
  }
  get exists() {
    return this.traits.exists;
  }
  get isDated() {
    return this.traits.isDated;
  }
  get mayBeTied() {
    return this.traits.mayBeTied;
  }
  get state() {
    return this.traits.state;
  }
  get reservedMemory() {
    return this.traits.reservedMemory;
  }
  get addedCpu() {
    return this.traits.addedCpu;
  }
  get statesGrowth() {
    return this.traits.statesGrowth;
  }
  get ready() {
    return this.traits.ready;
  }
  get hasSnapshots() {
    return this.traits.hasSnapshots;
  }
  get guestDisk() {
    return this.traits.guestDisk;
  }
  get isWindowsServer() {
    return this.traits.isWindowsServer;
  }

  get provisioned(): number | undefined {
    return this.disks.length > 0 ? sum(this.disks, ({ size }) => size) : this.provisionedOtherwise;
  }

  get used(): number | undefined {
    const ofDisks =
      this.disks.length > 0
        ? sum(this.disks, ({ used, isThin, size }) => used ?? (isThin ? undefined : size))
        : undefined;
    return ofDisks ?? this.usedOtherwise;
  }

  /** The same as an object to take over and change. */
  copy(): VmFacts {
    const { vcpus, memory, activeMemory, disks, nics, home, replaces, provisioned, used } = this;
    const own = { vcpus, memory, activeMemory, disks, nics, home, replaces, provisioned, used };
    return { ...this.demand, ...this.traits, ...own };
  }
}

function sum(disks: readonly VmDisk[], sizeOf: (disk: VmDisk) => number | undefined): number | undefined {
  let total = 0;
  for (const disk of disks) {
    const size = sizeOf(disk);
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

/** At most this many are looked through for one that is alike. */
const MOST_KNOWN = 16;

/** The objects made last, so that one that is alike is not kept twice. */
class Known<T extends object> {
  private readonly last: T[] = [];
  private next = 0;

  known(one: T): T {
    for (const other of this.last) if (areAlike(one, other)) return other;
    this.last[this.next] = one;
    this.next = (this.next + 1) % MOST_KNOWN;
    return one;
  }
}

function areAlike<T extends object>(a: T, b: T): boolean {
  for (const key in a) if (a[key] !== b[key]) return false;
  return true;
}

const demands = new Known<Demand>();
const allTraits = new Known<Traits>();
