import { formatQuantity } from '../base/units.ts';
import { diskStatements } from '../capacity/conversions.ts';
import { exists } from '../capacity/exists.ts';
import type { GuestDisk } from '../capacity/platforms/guest-disks.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { resizedDisk } from './fixes/disk-edits.ts';
import { defineRule, gradeBelow, greatestLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface TooSmall {
  readonly guest: GuestDisk;
  readonly size: number;
  readonly by: Stated;
}

export const osDiskTooSmall = defineRule<TooSmall>({
  id: 'os-disk-too-small',
  title: 'The disk is smaller than its system asks for',
  painPoint: 'overflowing-storage',
  owners: ['server', 'application'],
  benefit: 'Systems can be installed, and updated next year',
  why: 'Every VM carries its operating system along, and that alone takes gigabytes before the first file of an application: some 15 GB for a desktop system of 2007, more today. A disk below what the vendor asks for cannot be installed on, or not be updated later. The disk called os, system, root or boot is judged, or the only one; nothing is said of systems whose need is not known.',
  formula: 'size of the system disk ÷ what the vendor of the system asks for at least',
  inputs: ['vm.os', 'vm.disk'],
  limitOf: 'least size of the system disk, as a share of what its vendor asks for',
  limitUnit: 'share',
  limits: { info: 1 },
  source: {
    text: 'F5 for 15 GB of Windows Vista (verified); the requirements of other systems are recalled',
    evidence: 'recalled',
  },
  covers: ['OS16'],
  of: 'vm',
  examples: {
    fires: { text: 'vm desk { os windows-11; disk 40 GiB thin }' },
    silent: { text: 'vm desk { os windows-11; disk 64 GiB thin }' },
  },
  find: (vm, limits) => {
    const { disks, guestDisk: guest } = vmFacts(vm);
    if (!guest || disks.length === 0 || !exists(vm)) return [];
    const disk = disks.find(({ name }) => isSystemDisk(name)) ?? (disks.length === 1 ? disks[0] : undefined);
    if (disk?.size === undefined || !gradeBelow(disk.size / guest.least, limits)) return [];
    const by = statementOf(vm, disk.name);
    return by ? [{ guest, size: disk.size, by }] : [];
  },
  say: ({ guest, size, by }, limits, vm) => ({
    severity: gradeBelow(size / guest.least, limits) ?? 'info',
    message: `The system disk of ${vm.name} has ${formatQuantity(size, 'size')}; ${guest.name} asks for ${guest.least / 1e9} GB at least${guest.evidence === 'recalled' ? ' (recalled)' : ''}. It cannot be installed or updated there: make the disk larger, thin if space is short.`,
    ...subjectOf(by),
  }),
  fix: ({ guest, by }, _, limits) => {
    const made = resizedDisk(by, guest.least * (greatestLimit(limits) ?? 1));
    return made ? [{ ...made, isPreferred: true }] : [];
  },
});

function isSystemDisk(name: string): boolean {
  return /^(?:os|sys|system|root|boot|c)$/i.test(name);
}

function statementOf(vm: Entity, disk: string): Stated | undefined {
  return diskStatements(vm).find(([name]) => name === disk)?.[1];
}
