import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
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
