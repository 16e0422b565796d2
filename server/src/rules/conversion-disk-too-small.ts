import { formatQuantity } from '../base/units.ts';
import { type Conversion, conversionOf } from '../capacity/conversions.ts';
import { exists } from '../capacity/exists.ts';
import { vmFacts } from '../capacity/vm.ts';
import { resizedDisk } from './fixes/disk-edits.ts';
import { defineRule, gradeBelow, greatestLimit } from './rule.ts';
import { type Anchor, nameOf, subjectOf } from './shared/anchor.ts';

interface TooSmall {
  readonly conversion: Conversion;
  readonly anchor: Anchor;
}

export const conversionDiskTooSmall = defineRule<TooSmall>({
  id: 'conversion-disk-too-small',
  title: 'A virtual disk leaves little room for the data of its server',
  painPoint: 'overflowing-storage',
  owners: ['server', 'storage', 'application'],
  benefit: 'A converted server has room to work on its first day',
  why: 'Data that lay on the disks of a server moves into a virtual disk, and needs there what it needed before, with room for logs, updates and growth. In a survey of 2007 more than half of those who virtualised needed more storage for it, and about one in six needed over a fifth more than for their physical servers. A disk smaller than the data cannot take it at all.',
  formula: 'size of the virtual disk ÷ used on the disk of the server; by name where both have it, else of all disks',
  inputs: ['vm.replaces', 'vm.disk', 'vm.storage', 'server.disk'],
  limitOf: 'least size of virtual disks, as a share of what is used on the server',
  limitUnit: 'share',
  limits: { warning: 1.2, error: 1 },
  source: {
    text: 'ESG, The Impact of Server Virtualization on Storage, 2007, as F5 quotes it: 54 % saw growth, 18 % more than 20 %; the limit is drawn from that',
    evidence: 'verified',
  },
  covers: ['OS07'],
  of: 'vm',
  examples: {
    fires: {
      text: `server old-sql { disk data 600 GB used 410 GB }
vm sql { replaces old-sql; disk data 400 GB }`,
    },
    silent: {
      text: `server old-sql { disk data 600 GB used 410 GB }
vm sql { replaces old-sql; disk data 500 GB }`,
    },
  },
  find: (vm, limits) => {
    if (!vmFacts(vm).replaces || !exists(vm)) return [];
    return conversionOf(vm).flatMap((conversion) => {
      const { planned, used, by } = conversion;
      const anchor = by ? subjectOf(by) : nameOf(vm);
      return used > 0 && anchor && gradeBelow(planned / used, limits) ? [{ conversion, anchor }] : [];
    });
  },
  say: ({ conversion, anchor }, limits, vm) => {
    const { disk, planned, used, source } = conversion;
    const server = vmFacts(vm).replaces?.name ?? 'the server';
    const what =
      disk === undefined ? `The disks of ${vm.name} have` : `${disk ? `Disk ${disk}` : 'The disk'} of ${vm.name} has`;
    const short = planned < used;
    return {
      severity: gradeBelow(planned / used, limits) ?? 'warning',
      message: `${what} ${formatQuantity(planned, 'size')} for ${formatQuantity(used, 'size')} that ${server} uses. ${short ? 'The data does not fit.' : 'Logs, updates and growth fill the rest soon.'} Plan a larger disk, or clean up before the move.`,
      ...anchor,
      related: [{ ...subjectOf(source.by), message: `${server} uses it so far` }],
    };
  },
  fix: ({ conversion }, _, limits) => {
    const { by, used } = conversion;
    const made = by && resizedDisk(by, used * (greatestLimit(limits) ?? 1));
    return made ? [{ ...made, isPreferred: true }] : [];
  },
});
