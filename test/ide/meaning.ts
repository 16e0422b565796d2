/** What a design means: everything that holds for each of its things, whichever text says so. */
import { vmFacts } from '../../server/src/capacity/vm.ts';
import { Declaration, Entity, entityId } from '../../server/src/design/declaration.ts';
import type { Design } from '../../server/src/design/design.ts';
import { placementOf } from '../../server/src/design/placement.ts';
import { partOf, referencesFor, type Stated } from '../../server/src/design/props.ts';
import { propsOf, sitesOf } from '../../server/src/design/things.ts';
import { KINDS } from '../../server/src/language/schema/schema.ts';
import type { Value } from '../../server/src/language/values/value.ts';
import { checkDesign } from '../../server/src/rules/run.ts';

/** One line for each fact and each finding, in an order of their own. */
export function meaningOf(design: Design): readonly string[] {
  const lines: string[] = [];
  for (const kind of KINDS.keys()) for (const entity of design.members(kind)) lines.push(...factsOf(entity));
  for (const { rule, entity, severity, figures, silencedBy } of checkDesign(design).findings) {
    const values = (figures ?? []).map(({ label, value }) => `${label} ${value.toPrecision(10)}`).join(', ');
    lines.push(`${rule.id} ${entityId(entity)} ${severity} ${silencedBy ? 'silenced' : ''} ${values}`);
  }
  return lines.sort();
}

function factsOf(entity: Entity): readonly string[] {
  const id = entityId(entity);
  const props = propsOf(entity);
  const lines = [`${id} at ${sitesOf(entity).map(entityId)}`];
  for (const [word, property] of KINDS.get(entity.kind)?.properties ?? []) {
    if (word === 'runs' || word === 'ignore') continue;
    lines.push(`${id} ${word} ${props.list(word).map(said).join(' + ')}`);
    for (const clause of property.shape.clauses.keys()) {
      const stated = props.withClause(word, clause);
      if (stated)
        lines.push(`${id} ${word} ${clause} ${written(stated.sentence.clauses.get(clause)?.value, stated.index)}`);
    }
    if (property.repeat === 'keyed')
      lines.push(`${id} ${word} * ${props.keyed(word, (sentence) => plain(sentence.subject?.parts)).map(said)}`);
  }
  if (entity.kind === 'vm') {
    const { host, cluster, conflicts } = placementOf(entity);
    lines.push(`${id} on ${host && entityId(host)} in ${cluster && entityId(cluster)}, ${conflicts.length} conflicts`);
    lines.push(`${id} ${plain(vmFacts(entity))}`);
  }
  return lines;
}

/** What a statement says to one member, without where. */
function said({ sentence, index }: Stated): string {
  const clauses = [...sentence.clauses].map(([word, { value }]) => `${word} ${written(value, index)}`);
  return [written(sentence.subject, index), ...clauses.sort()].join(' | ');
}

function written(value: Value | undefined, index: number): string {
  if (!value) return '';
  if (value.none) return 'none';
  return plain(
    value.parts.map((part, slot) => {
      const names = referencesFor(value, slot, index).map(({ name, scope }) => `${name}@${scope}`);
      if (names.length > 0) return names;
      return value.each ? partOf(value, slot, index) : part;
    }),
  );
}

/** Without what says where something stands. */
function plain(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (inner instanceof Entity) return entityId(inner);
    if (inner instanceof Declaration || key === 'from' || key === 'to' || key === 'place' || key === 'by')
      return undefined;
    return typeof inner === 'number' ? Number(inner.toPrecision(10)) : inner;
  });
}
