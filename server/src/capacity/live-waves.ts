import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { type JobPath, wanCapacity } from './jobs.ts';
import { waveOf } from './waves.ts';

/** A wave that moves running VMs over a distance. */
export interface LiveWave {
  readonly wan: Entity;
  /** The statement of its method. */
  readonly by: Stated;
  /** Round trip, seconds. */
  readonly rtt: number | undefined;
  readonly path: JobPath | undefined;
  /** What one of the moves gets of the path, bit/s. */
  readonly each: number | undefined;
}

/** Undefined for waves of another method, over no WAN, or of physical servers alone. */
export function liveWaveOf(wave: Entity): LiveWave | undefined {
  const props = propsOf(wave);
  const via = props.one('via');
  const [wan] = via ? referred(via, ['wan']) : [];
  const by = props.one('method');
  const { method, things } = waveOf(wave);
  const vms = things.filter(({ kind }) => kind === 'vm');
  if (!wan || !by || method !== 'live' || vms.length === 0) return undefined;
  const atOnce = Math.max(1, Math.min(props.number('parallel')?.value ?? 1, vms.length));
  const path = wanCapacity(wan, props.number('share')?.value ?? 1, atOnce);
  return { wan, by, rtt: propsOf(wan).number('rtt')?.value, path, each: path && path.rate / atOnce };
}
