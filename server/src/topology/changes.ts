/**
 * What makes one picture of another, as data: after an edit it is a few hundred bytes where the picture is megabytes. Values are what
 * JSON can say; a property that is undefined is one that is not there. Nothing is changed in place, and what stays the same stays the
 * same object, so that whatever was made of it holds.
 */

/** How a value becomes another one. */
export type Change =
  /** It is this now. */
  | { readonly to: unknown }
  /** Properties that change, and those that are there no more. */
  | { readonly set: Readonly<Record<string, Change>>; readonly gone?: readonly string[] }
  /** The new list, piece by piece. */
  | { readonly list: readonly Piece[] };

export type Piece =
  /** Elements of the old list as they are. */
  | readonly [from: number, count: number]
  /** One of them, changed. */
  | { readonly was: number; readonly change: Change }
  /** New ones. */
  | { readonly add: readonly unknown[] };

type Fields = Readonly<Record<string, unknown>>;

/** What makes `after` of `before`; undefined where they are alike. */
export function changeBetween(before: unknown, after: unknown): Change | undefined {
  if (before === after) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return listChange(before, after);
  if (isFields(before) && isFields(after) && nameOf(before) === nameOf(after)) return fieldsChange(before, after);
  return { to: after };
}

/** The value after a change. @throws Error where the change is none of this value */
export function applyChange(before: unknown, change: Change): unknown {
  if ('to' in change) return change.to;
  if ('list' in change) {
    if (!Array.isArray(before)) throw new Error('this change is of a list');
    return change.list.flatMap((piece) => applyPiece(before, piece));
  }
  if (!isFields(before)) throw new Error('this change is of something else');
  const after: Record<string, unknown> = { ...before };
  for (const name of change.gone ?? []) delete after[name];
  for (const [name, inner] of Object.entries(change.set)) after[name] = applyChange(own(before, name), inner);
  return after;
}

function applyPiece(before: readonly unknown[], piece: Piece): readonly unknown[] {
  if ('add' in piece) return piece.add;
  const [from, count] = 'was' in piece ? [piece.was, 1] : piece;
  if (from + count > before.length) throw new Error('this change is of a longer list');
  return 'was' in piece ? [applyChange(before[from], piece.change)] : before.slice(from, from + count);
}

/** Not what every object inherits. */
const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells an element of a list from the others. */
function nameOf(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  const name = value.id ?? value.key ?? value.vm;
  return typeof name === 'string' ? name : undefined;
}

function fieldsChange(before: Fields, after: Fields): Change | undefined {
  const set: Record<string, Change> = {};
  const gone = Object.keys(before).filter((name) => before[name] !== undefined && own(after, name) === undefined);
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const change = changeBetween(own(before, name), value);
    if (change) set[name] = change;
  }
  if (gone.length > 0) return { set, gone };
  return Object.keys(set).length > 0 ? { set } : undefined;
}

function listChange(before: readonly unknown[], after: readonly unknown[]): Change | undefined {
  if (before.length === after.length && before.every((element, at) => element === after[at])) return undefined;
  if (!after.some((element) => typeof element === 'object' && element !== null)) return { to: after };
  const oldAt = matcher(before, after);
  const list: Piece[] = [];
  let run: [from: number, count: number] | undefined;
  let added: unknown[] | undefined;
  for (const [at, element] of after.entries()) {
    const from = oldAt(element, at);
    const change = from === undefined ? undefined : changeBetween(before[from], element);
    if (from === undefined) {
      if (!added) {
        added = [];
        list.push({ add: added });
      }
      added.push(element);
      run = undefined;
      continue;
    }
    added = undefined;
    if (change) {
      list.push({ was: from, change });
      run = undefined;
    } else if (run && run[0] + run[1] === from) run[1] += 1;
    else {
      run = [from, 1];
      list.push(run);
    }
  }
  const isSame = list.length === 1 && run !== undefined && run[0] === 0 && run[1] === before.length;
  return isSame ? undefined : { list };
}

/** Where an element of the new list stood in the old one: by its name, without one by its distance from the nearer end. */
function matcher(
  before: readonly unknown[],
  after: readonly unknown[],
): (element: unknown, at: number) => number | undefined {
  if (nameOf(after[0]) !== undefined) {
    const places = new Map(before.map((element, at) => [nameOf(element), at]));
    // Of two with one name each keeps its place.
    return (element, at) => (nameOf(before[at]) === nameOf(element) ? at : places.get(nameOf(element)));
  }
  const most = Math.min(before.length, after.length);
  let alike = 0;
  while (alike < most && !changeBetween(before[alike], after[alike])) alike++;
  const shift = before.length - after.length;
  return (_, at) => {
    const from = at < alike || shift === 0 ? at : at + shift;
    return from < alike && at >= alike ? undefined : from;
  };
}
