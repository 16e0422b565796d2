import { formatDuration } from '../base/units.ts';
import { arrayOf, datastoreUse } from '../capacity/storage.ts';
import type { StatedNumber } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { clauseIn } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Slow {
  readonly latency: StatedNumber;
  readonly vms: number;
}

export const storageLatencyHigh = defineRule<Slow>({
  id: 'storage-latency-high',
  title: 'Disks answer slowly',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server', 'application'],
  benefit: 'A click takes as long as it should',
  why: 'Each read that no cache answers waits this long, and one request of an application makes many. What was measured says more than any model: something on the way is congested, be it disks, controllers or the fabric.',
  formula: 'measured latency of the datastore, else of its array',
  inputs: ['datastore.measured', 'array.measured'],
  limitOf: 'latency',
  limitUnit: 'time',
  limits: { warning: 0.015, error: 0.03 },
  source: {
    text: 'Storage DRS acts on 15 ms by default; 30 ms are the default of Storage I/O Control',
    evidence: 'verified',
  },
  covers: ['CS04'],
  of: 'datastore',
  unmendable: 'It was measured, and no text makes it less; rules of disks, ports and paths say where it comes from.',
  examples: {
    fires: { text: 'datastore gold { capacity 8 TiB; measured latency 22 ms taken 2026-11-10 }' },
    silent: { text: 'datastore gold { capacity 8 TiB; measured latency 9 ms taken 2026-11-10 }' },
  },
  find: (datastore, limits) => {
    const array = arrayOf(datastore);
    const latency =
      propsOf(datastore).clauseNumber('measured', 'latency') ??
      (array && propsOf(array).clauseNumber('measured', 'latency'));
    if (!latency || !grade(latency.value, limits)) return [];
    return [{ latency, vms: datastoreUse(datastore).vms.length }];
  },
  say: ({ latency, vms }, limits, datastore) => {
    const whom = vms > 0 ? ` Each read of its ${counted(vms, 'VM')} waits for it.` : '';
    const severity = grade(latency.value, limits) ?? 'warning';
    const limit = limits[severity] ?? 0;
    return {
      severity,
      message: `${datastore.name} answers in ${formatDuration(latency.value)}, more than ${formatDuration(limit)}.${whom} Look for what is congested on the way, move busy disks, or use faster ones.`,
      ...clauseIn(latency.by, 'latency'),
    };
  },
});
