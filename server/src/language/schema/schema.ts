import type { Row, SchemaPart } from './define.ts';
import { parseNotation, type SentenceShape } from './notation.ts';
import { common } from './rows/common.ts';
import { compute } from './rows/compute.ts';
import { facility } from './rows/facility.ts';
import { network } from './rows/network.ts';
import { operations } from './rows/operations.ts';
import { plan } from './rows/plan.ts';
import { storage } from './rows/storage.ts';
import { workload } from './rows/workload.ts';

/** A word with what may follow it. */
export interface Property extends Row {
  readonly shape: SentenceShape;
  /** Several kinds have it. */
  readonly isShared: boolean;
}

/** A kind of block. */
export interface Kind {
  readonly name: string;
  readonly header: Property;
  readonly standsIn: readonly string[];
  readonly doc: string;
  readonly properties: ReadonlyMap<string, Property>;
  /** Kinds of block that may stand in this one. */
  readonly blocks: ReadonlyMap<string, Kind>;
}

export const SCHEMA_PARTS: readonly SchemaPart[] = [
  ...common,
  ...plan,
  ...facility,
  ...network,
  ...storage,
  ...compute,
  ...workload,
  ...operations,
];

/** Kinds whose blocks say something about other blocks, and have none of the words common to all. */
const WITHOUT_COMMON = new Set(['file', 'import', 'source', 'class', 'amend', 'assume', 'policy']);
/** Kinds that a class, an amendment or an assumption may be of. */
const NOT_A_THING = new Set([...WITHOUT_COMMON, 'design']);

/** Every kind by name; `file` is the top level. */
export const KINDS: ReadonlyMap<string, Kind> = assemble();

function assemble(): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  const properties = new Map<string, Map<string, Property>>();
  const blocks = new Map<string, Map<string, Kind>>();
  const top: Row = { word: 'file', repeat: 'once', notation: '', fallback: '–', doc: 'the top level of a file' };
  const headers = [{ header: top, standsIn: [] as readonly string[] }];
  for (const { header, standsIn } of SCHEMA_PARTS) if (header) headers.push({ header, standsIn });
  for (const { header, standsIn } of headers) {
    const name = header.word;
    const own = new Map<string, Property>();
    const inner = new Map<string, Kind>();
    properties.set(name, own);
    blocks.set(name, inner);
    kinds.set(name, { name, header: withShape(header), standsIn, doc: header.doc, properties: own, blocks: inner });
  }
  for (const part of SCHEMA_PARTS) {
    const shared = part.kinds[0] === 'any' ? [...kinds.keys()].filter((name) => !WITHOUT_COMMON.has(name)) : part.kinds;
    for (const row of part.rows) {
      const property = withShape(row, shared.length > 1);
      for (const kind of shared) properties.get(kind)?.set(row.word, property);
    }
  }
  for (const kind of kinds.values()) for (const place of kind.standsIn) blocks.get(place)?.set(kind.name, kind);
  return kinds;
}

function withShape(row: Row, isShared = false): Property {
  return { ...row, shape: parseNotation(row.notation), isShared };
}

/** Kinds that name things: what `class`, `amend`, `assume` and `covers` can speak of. */
export const THING_KINDS: readonly string[] = [...KINDS.keys()].filter((name) => !NOT_A_THING.has(name));

/** The property of a kind; in a policy every other word is a rule's id. */
export function propertyOf(kind: Kind, word: string): Property | undefined {
  const own = kind.properties.get(word);
  if (own || kind.name !== 'policy') return own;
  return kind.properties.get('RULE');
}

/** The kind called so. @throws RangeError if there is none: a mistake of the caller, never of a user. */
export function kindOf(name: string): Kind {
  const kind = KINDS.get(name);
  if (!kind) throw new RangeError(`the schema has no kind called ${name}`);
  return kind;
}
