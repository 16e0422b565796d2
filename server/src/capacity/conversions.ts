import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clauseNumber, partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { vmFacts } from './vm.ts';

/** A disk of a physical server. Sizes in bytes. */
export interface ServerDisk {
  readonly name: string;
  readonly size: number | undefined;
  readonly used: number | undefined;
  readonly by: Stated;
}

export const serverDisks = derive((server: Entity): readonly ServerDisk[] =>
  diskStatements(server).map(([name, by]) => {
    const size = partOf(by.sentence.subject, 1, by.index);
    const used = clauseNumber(by, 'used')?.value;
    return { name, by, used, size: size?.type === 'quantity' ? size.value : undefined };
  }),
);

/** The disks of a VM or server by name; a disk without a name is called ''. */
export function diskStatements(holder: Entity): readonly (readonly [name: string, by: Stated])[] {
  const nameOf = (by: Stated) => {
    const name = by.sentence.subject?.parts[0];
    return name?.type === 'name' ? name.text : '';
  };
  const stated = propsOf(holder).keyed('disk', ({ subject }) => {
    const name = subject?.parts[0];
    return name?.type === 'name' ? name.text : '';
  });
  return stated.map((by) => [nameOf(by), by] as const);
}

/** A virtual disk, or all of them, beside the data of the physical server that goes there. */
export interface Conversion {
  /** The disk of this name on both sides; undefined for all disks together. */
  readonly disk: string | undefined;
  readonly planned: number;
  readonly used: number;
  /** The virtual disk, where it is one. */
  readonly by: Stated | undefined;
  readonly source: ServerDisk;
}

/**
 * What a VM plans for the data of the server that it replaces: disk by disk where both sides have the same names, else all
 * together. Nothing while a size is not stated.
 */
export function conversionOf(vm: Entity): readonly Conversion[] {
  const { replaces: server, disks, provisioned } = vmFacts(vm);
  const sources = server ? serverDisks(server) : [];
  const [first] = sources;
  if (!first || sources.some(({ used }) => used === undefined)) return [];
  const statements = new Map(diskStatements(vm));
  const pairs = sources.flatMap((source) => {
    const disk = disks.find(({ name }) => name === source.name);
    return disk?.size === undefined || source.used === undefined
      ? []
      : [{ disk: source.name, planned: disk.size, used: source.used, by: statements.get(source.name), source }];
  });
  if (pairs.length === sources.length) return pairs;
  const used = sources.reduce((sum, source) => sum + (source.used ?? 0), 0);
  if (provisioned === undefined) return [];
  const only = disks.length === 1 ? [...statements.values()][0] : undefined;
  return [{ disk: undefined, planned: provisioned, used, by: only, source: first }];
}
