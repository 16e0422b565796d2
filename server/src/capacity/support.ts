import type { PlanDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { hostSupply } from './host.ts';
import { platformOf, supportOf } from './platforms/index.ts';

/** What a host runs, and until when somebody supports it. */
export interface HostRelease {
  readonly by: Stated;
  readonly hypervisor: string;
  readonly version: string | undefined;
  readonly build: number | undefined;
  /** Product and version for people: `ESXi 8.0.2`. */
  readonly label: string;
  /** The last day of support, as stated, else as known of the version. */
  readonly until: PlanDate | undefined;
  /** Where that day comes from; undefined if the design states it. */
  readonly source: string | undefined;
}

export const releaseOf = derive((host: Entity): HostRelease | undefined => {
  const by = propsOf(host).one('hypervisor');
  const { hypervisor, version } = hostSupply(host);
  if (!by || !hypervisor) return undefined;
  const name = platformOf(hypervisor)?.name ?? hypervisor;
  const part = partOf(by.sentence.clauses.get('support-until')?.value, 0, by.index);
  const build = partOf(by.sentence.clauses.get('build')?.value, 0, by.index);
  const known = supportOf({ hypervisor, version });
  const stated = part?.type === 'date' ? part.date : undefined;
  return {
    by,
    hypervisor,
    version,
    build: build?.type === 'number' ? build.value : undefined,
    label: version === undefined ? name : `${name} ${version}`,
    until: stated ?? known?.until,
    source: stated ? undefined : known?.facts.source,
  };
});
