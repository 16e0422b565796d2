import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clusterOfHost } from '../design/placement.ts';
import { partOf } from '../design/props.ts';
import { propsOf, referred, standsOn } from '../design/things.ts';
import { exists } from './exists.ts';
import { greedyCover } from './models/set-cover.ts';
import { coveredBy } from './waves.ts';

/** A management or monitoring tool and what it sees. */
export interface Tool {
  readonly tool: Entity;
  readonly covers: ReadonlySet<Entity>;
  /** Words of `covers` that are no kinds of things: `hypervisor`, `uplink`, `port`. */
  readonly aspects: ReadonlySet<string>;
  readonly measuresWire: boolean;
  /** Teams it calls. */
  readonly alerts: readonly Entity[];
}

export const toolsOf = derive((design: Design): readonly Tool[] =>
  [...design.members('tool')].map((tool) => {
    const props = propsOf(tool);
    const kinds = props.list('covers').map((stated) => partOf(stated.sentence.subject, 0, stated.index));
    const measures = props.one('measures')?.sentence.subject?.parts[0];
    const words = measures?.type === 'list' ? measures.items : measures ? [measures] : [];
    return {
      tool,
      covers: coveredBy(tool),
      aspects: new Set(kinds.flatMap((kind) => (kind?.type === 'word' ? [kind.text] : []))),
      measuresWire: words.some((word) => word.type === 'word' && word.text === 'wire'),
      alerts: props.list('alerts').flatMap((stated) => referred(stated, ['team'])),
    };
  }),
);

/** Tools that see a thing. */
export function toolsFor(entity: Entity): readonly Tool[] {
  return toolsOf(entity.design).filter(({ covers }) => covers.has(entity));
}

/** Kinds of things that somebody should watch. VMs are seen with their hosts and applications. */
const WATCHED_KINDS: readonly string[] = ['host', 'vswitch', 'switch', 'adc', 'array', 'datastore', 'app'];

/** Everything of a design that should be watched. A datastore on an array is watched with it. */
const componentsOf = derive((design: Design): readonly Entity[] =>
  WATCHED_KINDS.flatMap((kind) =>
    [...design.members(kind)].filter(
      (entity) => exists(entity) && (kind !== 'datastore' || standsOn(entity) === undefined),
    ),
  ),
);

/** Whether a tool sees a component: by its name, with the cluster or host around it, or by a word that means all of its kind. */
export function sees({ covers, aspects }: Tool, component: Entity): boolean {
  if (covers.has(component)) return true;
  switch (component.kind) {
    case 'host': {
      const cluster = clusterOfHost(component);
      return aspects.has('hypervisor') || (cluster !== undefined && covers.has(cluster));
    }
    case 'vswitch':
      return aspects.has('uplink');
    case 'switch':
      return aspects.has('port');
    default:
      return false;
  }
}

/** How much of a design its tools see, and how many of them one has to look at for that. */
export interface Sight {
  readonly components: readonly Entity[];
  readonly unseen: readonly Entity[];
  /** Tools that together see what any tool sees, as few as can be found; the one that sees most is the first. */
  readonly panes: readonly { readonly tool: Entity; readonly seen: number }[];
  /** Components that some tool sees ÷ components. */
  readonly coverage: number;
}

/** Undefined for a design that names no tool, or nothing that should be watched. */
export const sightOf = derive((design: Design): Sight | undefined => {
  const tools = toolsOf(design);
  const components = componentsOf(design);
  if (tools.length === 0 || components.length === 0) return undefined;
  const sets = tools.map((tool) => new Set(components.filter((component) => sees(tool, component))));
  const { chosen, covered } = greedyCover(sets);
  return {
    components,
    unseen: components.filter((component) => !sets.some((set) => set.has(component))),
    panes: chosen.flatMap((index) => {
      const [tool, set] = [tools[index]?.tool, sets[index]];
      return tool && set ? [{ tool, seen: set.size }] : [];
    }),
    coverage: covered / components.length,
  };
});
