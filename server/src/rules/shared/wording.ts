import type { Entity } from '../../design/declaration.ts';
import { joined } from '../../language/wording.ts';

/** Names in a sentence, the first few of many: `a, b and c`, `a, b, c and 9 more`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= most) return joined(names, 'and');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  return joined(names, 'or');
}

export function namesOf(entities: readonly Entity[], most = 3): string {
  return listed(
    entities.map((entity) => entity.name),
    most,
  );
}

/** `1 host`, `2 hosts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
