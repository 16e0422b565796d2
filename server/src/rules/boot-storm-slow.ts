import { formatShare } from '../base/units.ts';
import { homeOf } from '../capacity/contents.ts';
import { iopsLimit } from '../capacity/disks.ts';
import { exists } from '../capacity/exists.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { shareOf } from '../capacity/load.ts';
import { BOOT_IOPS, BOOT_READS, bootRate, bootShare } from '../capacity/models/boot-storm.ts';
import { arrayPortCapacity } from '../capacity/san.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { addAfter, placeText, replaceAt } from '../design/edits.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { referenceText, viewpointOf } from '../design/reference-text.ts';
import { propsOf, referred, standsOn } from '../design/things.ts';
import { writtenNames } from './fixes/port-edits.ts';
import { defineRule, type Fix, grade, leastLimit } from './rule.ts';
import { isOwn, nameOf, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Storm {
  readonly by: Stated;
  readonly array: Entity;
  readonly count: number;
  /** Share of reads; undefined where it is the ports that are asked for too much. */
  readonly reads: number | undefined;
  readonly share: Figure;
  readonly limit: number;
}

export const bootStormSlow = defineRule<Storm>({
  id: 'boot-storm-slow',
  title: 'VMs that start together ask for more than the array can do',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server', 'network'],
  benefit: 'After a power cut everybody works again in minutes',
  why: 'A VM that starts asks for many times what it asks for at work, and after a power cut or at eight in the morning all of them start at once. Above what the array can do, each waits for all others, and starting takes as many times longer. Where it is stated what a start reads and by when all have to be up, the ports of the array have to carry that, too. It does not hurt where they are started in turns.',
  formula:
    'VMs that start together × IOPS of each ÷ what the array can do at that mix of reads and writes; and VMs × data × 8 ÷ within ÷ what its ports carry',
  inputs: [
    'cluster.boot',
    'vm.datastore',
    'vm.disk',
    'array.disks',
    'array.iops',
    'array.cache',
    'array.ports',
    'pool.disks',
  ],
  limitOf: 'share of what the array can do',
  limitUnit: 'share',
  limits: { warning: 1 },
  source: {
    text: '150 IOPS for each pooled desktop and 60 to 70 % reads are from an article of Citrix (CTX135986); 400 to 450 for a personal one: state iops of the boot',
    evidence: 'verified',
  },
  covers: ['CS05'],
  of: 'cluster',
  examples: {
    fires: {
      text: `array shelf {
  disks 24 x 1.2 TB raid 10 iops 180
  datastore vdi { capacity 12 TiB }
}
cluster desktops {
  host esx-[1..2]
  failover none
  runs d-[1..50]
  boot d-[1..50] within 15 min
}
vm d-[1..50] { datastore vdi; storage 64 GiB }`,
    },
    silent: {
      text: `array shelf {
  disks 24 x 1.2 TB raid 10 iops 180
  datastore vdi { capacity 12 TiB }
}
cluster desktops {
  host esx-[1..2]
  failover none
  runs d-[1..50]
  boot d-[1..20] within 15 min
}
vm d-[1..50] { datastore vdi; storage 64 GiB }`,
    },
  },
  find: (cluster, limits) =>
    propsOf(cluster)
      .list('boot')
      .flatMap((by) => {
        const limit = leastLimit(limits) ?? 1;
        return stormsOf(by, referred(by, ['vm'])).flatMap((storm) =>
          grade(storm.share.value, limits) ? [{ ...storm, limit }] : [],
        );
      }),
  say: ({ by, array, count, reads, share }, limits) => {
    const [demand, limit] = share.inputs ?? [];
    const amounts = demand && limit ? `${formatFigure(demand)} of ${formatFigure(limit)}` : '';
    const head = nameOf(array);
    const what = reads === undefined ? 'its ports carry' : `it can do at ${formatShare(reads)} reads`;
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${counted(count, 'VM')} that start together ask ${array.name} for ${formatFigure(share)} of what ${what}: ${amounts}. Starting takes that much longer; start them in turns, or ${reads === undefined ? 'use faster ports' : 'from flash'}.`,
      ...subjectOf(by),
      figures: [share],
      related: head ? [{ ...head, message: 'their disks are here' }] : [],
    };
  },
  fix: ({ by, limit }, cluster) => (isOwn(cluster, by) ? inTurns(by, limit) : []),
});

/** Most turns that are offered: beyond that it is other disks that are needed. */
const MOST_TURNS = 12;

/** Starts VMs in as few turns of about one size as no array is asked for too much. */
function inTurns(by: Stated, limit: number): Fix[] {
  const vms = referred(by, ['vm']);
  const { subject, statement } = by.sentence;
  const isPlain = vms.every((vm) => referenceText(vm, viewpointOf(by)) === vm.name);
  if (!subject || subject.each || statement.body || !isPlain) return [];
  for (let turns = 2; turns <= Math.min(MOST_TURNS, vms.length); turns++) {
    const chunks = Array.from({ length: turns }, (_, k) =>
      vms.slice(Math.round((k * vms.length) / turns), Math.round(((k + 1) * vms.length) / turns)),
    );
    const bears = (chunk: readonly Entity[]) => stormsOf(by, chunk).every(({ share }) => share.value <= limit);
    const lists = chunks.map((chunk) => writtenNames(chunk.map(({ name }) => name)));
    const [first, ...later] = lists;
    if (!chunks.every(bears) || first === undefined) continue;
    const clauses = placeText(by.place).slice(subject.to, by.sentence.to);
    const edits = [
      ...replaceAt(by.place, subject, first),
      ...later.flatMap((names) => addAfter(by, `boot ${names}${clauses}`)),
    ];
    return [{ title: `Start them in ${turns} turns`, edits }];
  }
  return [];
}

function stormsOf(by: Stated, vms: readonly Entity[]): Omit<Storm, 'limit'>[] {
  const each = clauseNumber(by, 'iops')?.value ?? BOOT_IOPS;
  const reads = clauseNumber(by, 'reads')?.value ?? BOOT_READS;
  const data = clauseNumber(by, 'data')?.value;
  const within = clauseNumber(by, 'within')?.value;
  const counts = new Map<Entity, number>();
  for (const vm of vms) {
    if (!exists(vm) || vmFacts(vm).state === 'template') continue;
    const datastore = homeOf(vm);
    const array = datastore && standsOn(datastore);
    if (array) counts.set(array, (counts.get(array) ?? 0) + 1);
  }
  return [...counts].flatMap(([array, count]) => {
    const storms: Omit<Storm, 'limit'>[] = [];
    const limit = iopsLimit(array, reads);
    const share = bootShare(count, each, limit?.value);
    if (limit && share !== undefined) {
      const asked = figureOf('IOPS of starting VMs', 'IOPS', count * each, by);
      const formula = `${asked.label} ÷ ${limit.label}`;
      storms.push({
        by,
        array,
        count,
        reads,
        share: derivedFigure('IOPS at start', 'share', share, formula, [asked, limit]),
      });
    }
    const rate = bootRate(count, data, within);
    const ports = arrayPortCapacity(array.kind === 'pool' && array.parent ? array.parent : array);
    const wire = shareOf(
      'reads at start',
      rate === undefined ? undefined : figureOf('reads at start', 'rate', rate, by),
      ports,
    );
    if (wire) storms.push({ by, array, count, reads: undefined, share: wire });
    return storms;
  });
}

function figureOf(label: string, unit: 'IOPS' | 'rate', value: number, by: Stated): Figure {
  return { label, unit, value, origin: 'derived', isAtLeast: false, by };
}
