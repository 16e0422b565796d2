import { Bag } from '../base/bag.ts';
import { Version } from '../base/reactive.ts';
import { bodyKind, OUTLINED, type Sentence } from '../language/sentence.ts';
import type { Item } from '../language/syntax/item.ts';
import { Sequence } from '../language/syntax/sequence.ts';
import type { Claim } from './claim.ts';
import { Declaration, Entity, entityId, statementAt } from './declaration.ts';
import { Names, referencesIn } from './names.ts';
import { blocksInOrder } from './order.ts';
import { type FilePlace, outlineOf, Place, pathTo, readItem } from './place.ts';
import { referencesFor } from './props.ts';
import { successorsOf } from './successors.ts';

const NONE: readonly never[] = [];
/** Blocks that say something about the plan or about other blocks. */
const SAYINGS = new Set(['class', 'amend', 'assume', 'policy', 'import', 'source']);

/** Keeps names, claims and containers in step with the items of the files. */
export class Declarations {
  readonly names = new Names();
  /** `policy` blocks. */
  readonly policies = new Tracked();
  /** `assume` blocks. */
  readonly assumptions = new Tracked();
  readonly imports = new Tracked();
  /** Blocks that hold an `ignore`, by the place it stands in. */
  readonly ignores = new Tracked();
  /** Every place, so that each can be checked. */
  readonly places = new Bag<Place>();

  /** Takes over the difference between two versions of a list of items. */
  update(
    before: Sequence,
    after: Sequence,
    file: FilePlace,
    within: Place | undefined,
    context: string,
    parent: Declaration,
  ): void {
    if (within) within.items ??= new Map();
    const places = within?.items ?? file.items;
    const { removed, added } = before.difference(after);
    const successors = successorsOf(before, removed, after, added, context);
    const kept = new Set<Item>();
    for (const item of removed) {
      const place = places.get(item);
      if (!place) continue;
      places.delete(item);
      const successor = successors.get(item);
      if (!successor) {
        this.retract(place, parent);
        continue;
      }
      places.set(successor, place);
      kept.add(successor);
      this.replace(place, successor, parent);
    }
    for (const item of added) {
      if (kept.has(item)) continue;
      const place = new Place(item, file, within, context);
      places.set(item, place);
      this.enter(place, parent);
    }
  }

  /** Puts an item in the place of one that declares the same: names and containers stay, what is stated may differ. */
  private replace(place: Place, successor: Item, parent: Declaration): void {
    const before = place.item;
    place.item = successor;
    place.problems = undefined;
    if (before.kind === 'block' && successor.kind === 'block') {
      const inner = this.insideOf(place, parent);
      this.update(before.body, successor.body, place.file, place, inner.context, inner.parent);
      return;
    }
    this.places.touch(place);
    if (parent.parts.has(place)) parent.bump();
    for (const declaration of place.declarations) touchAll(declaration);
    if (place.claims.length > 0 || (successor.kind === 'leaf' && successor.text.includes('runs')))
      this.renewClaims(place, parent);
  }

  /** What is placed may be something else now, or stand at other offsets. Claims that say the same stay. */
  private renewClaims(place: Place, parent: Declaration): void {
    const before = place.claims;
    const left = new Map<string, Claim[]>();
    for (const claim of before) left.set(meaningOf(claim), [...(left.get(meaningOf(claim)) ?? []), claim]);
    const claims = claimsAt(place, parent).map((renewed) => {
      const claim = left.get(meaningOf(renewed))?.shift();
      if (!claim) return renewed;
      const { from } = claim.vm;
      Object.assign(claim, renewed);
      // Findings point at claims: where one has moved within its place, they have to be made anew.
      if (claim.vm.from !== from) this.names.cell('vm', claim.vm.name).bump();
      return claim;
    });
    if (claims.length === before.length && claims.every((claim, order) => claim === before[order])) return;
    const known = new Set(before);
    const kept = new Set(claims);
    // Hosts have their claims in the order of the text, so all of them are put there anew.
    for (const claim of before.toReversed()) {
      if (kept.has(claim)) this.leaveHolders(claim);
      else this.retractClaim(claim);
    }
    for (const claim of claims) {
      if (known.has(claim)) this.enterHolders(claim);
      else this.addClaim(claim);
    }
    place.claims = claims.length > 0 ? claims : NONE;
  }

  /** What the items in the body of a block belong to. */
  private insideOf(place: Place, parent: Declaration): { readonly parent: Declaration; readonly context: string } {
    const open = readItem(place.item, place.context).sentences.at(-1);
    const kind = open?.block && open.statement.body?.close === -1 ? bodyKind(open) : undefined;
    const declaration = place.declarations.at(-1);
    return kind && declaration ? { parent: declaration, context: kind.name } : { parent, context: place.context };
  }

  private enter(place: Place, parent: Declaration): void {
    this.places.add(place);
    const sentences = outlineOf(place.item, place.context);
    const declarations: Declaration[] = [];
    const claims: Claim[] = [];
    for (let index = 0; index < sentences.length; index++) {
      const sentence = sentences[index] as Sentence;
      if (!sentence.block) parent.addPart(place);
      const declaration = this.visit(sentence, pathTo(index), place, parent, claims);
      if (declaration) declarations.push(declaration);
    }
    // Lists that were pushed to have room to grow; these are many and do not.
    if (declarations.length > 0) place.declarations = declarations.slice();
    if (claims.length > 0) place.claims = claims.slice();
    if (place.item.kind !== 'block') return;
    const inner = this.insideOf(place, parent);
    this.update(Sequence.of([]), place.item.body, place.file, place, inner.context, inner.parent);
  }

  private retract(place: Place, parent: Declaration): void {
    this.places.delete(place);
    if (place.item.kind === 'block') {
      const inner = this.insideOf(place, parent);
      this.update(place.item.body, Sequence.of([]), place.file, place, inner.context, inner.parent);
    }
    // From the last one: it stands at the end of the list of its host, so that a long range costs its length.
    for (const claim of place.claims.toReversed()) this.retractClaim(claim);
    for (const declaration of place.declarations) this.retractDeclaration(declaration);
    parent.deletePart(place);
  }

  private visit(
    sentence: Sentence,
    path: readonly number[],
    place: Place,
    parent: Declaration,
    claims: Claim[],
  ): Declaration | undefined {
    if (!sentence.block) {
      if (sentence.word === 'ignore') this.ignores.add(parent);
      if (sentence.word === 'runs') this.addClaims(sentence, path, place, parent, claims);
      return undefined;
    }
    const declaration = this.addDeclaration(sentence, path, place, parent);
    const { body } = sentence;
    for (let index = 0; index < body.length; index++) {
      const inner = body[index] as Sentence;
      if (inner.block || OUTLINED.has(inner.word)) this.visit(inner, [...path, index], place, declaration, claims);
    }
    return declaration;
  }

  private addDeclaration(sentence: Sentence, path: readonly number[], place: Place, parent: Declaration): Declaration {
    const { word } = sentence;
    const kind = SAYINGS.has(word) ? (bodyKind(sentence)?.name ?? word) : word;
    const speaksOfClass = word === 'amend' && sentence.statement.args[0]?.text === 'class';
    const slot = word === 'class' || word === 'amend' ? 1 : 0;
    const names =
      word === 'assume' || word === 'policy'
        ? NONE
        : referencesIn(sentence.subject, slot).map(({ name }) =>
            // One text for a name, wherever it is kept.
            SAYINGS.has(word) ? name : this.names.cell(word, name).name,
          );
    const declaration = new Declaration({
      design: parent.design,
      word,
      kind: speaksOfClass ? `class ${kind}` : kind,
      names: SAYINGS.has(word) && word !== 'class' && word !== 'amend' ? NONE : names,
      parent,
      place,
      path,
      scope: place.file.scope,
      uri: place.file.uri,
    });
    if (parent.word !== 'file') parent.addChild(declaration);
    if (word === 'class') for (const name of names) this.names.add(kind, name, 'classes', declaration);
    else if (word === 'amend') this.names.addAmend(declaration, names);
    else if (word === 'assume') this.assumptions.add(declaration);
    else if (word === 'policy') this.policies.add(declaration);
    else if (word === 'import') this.imports.add(declaration);
    else if (word !== 'source') this.addEntities(declaration, sentence);
    return declaration;
  }

  private addEntities(declaration: Declaration, head: Sentence): void {
    const { parent, names } = declaration;
    const containers = parent && parent.word !== 'file' ? parent.entities : [undefined];
    const entities = containers.flatMap((container) =>
      names.map((name, index) => {
        const member = names.length > 1 ? index : (container?.index ?? 0);
        return new Entity(declaration, name, member, container);
      }),
    );
    // The list that was joined has room to grow.
    declaration.entities = entities.slice();
    for (const entity of declaration.entities) {
      this.names.addEntity(entity);
      for (const [kind, around] of surroundings(entity, head)) this.names.add(kind, around, 'inside', entity);
    }
  }

  private retractDeclaration(declaration: Declaration): void {
    for (const child of declaration.children) this.retractDeclaration(child);
    declaration.parent?.deleteChild(declaration);
    if (declaration.word === 'class')
      for (const name of declaration.names) this.names.remove(declaration.kind, name, 'classes', declaration);
    else if (declaration.word === 'amend') this.names.removeAmend(declaration);
    else if (declaration.word === 'assume') this.assumptions.delete(declaration);
    else if (declaration.word === 'policy') this.policies.delete(declaration);
    else if (declaration.word === 'import') this.imports.delete(declaration);
    const head = declaration.head()?.sentence;
    for (const entity of declaration.entities) {
      this.names.removeEntity(entity);
      if (head)
        for (const [kind, around] of surroundings(entity, head)) this.names.remove(kind, around, 'inside', entity);
    }
  }

  private addClaims(
    sentence: Sentence,
    path: readonly number[],
    place: Place,
    owner: Declaration,
    claims: Claim[],
  ): void {
    for (const claim of claimsOf(sentence, path, place, owner)) {
      claims.push(claim);
      this.addClaim(claim);
    }
  }

  private addClaim(claim: Claim): void {
    this.names.add('vm', claim.vm.name, 'claims', claim);
    this.enterHolders(claim);
  }

  private enterHolders(claim: Claim): void {
    for (const [kind, name] of holdersOf(claim)) this.names.add(kind, name, 'claims', claim);
  }

  private retractClaim(claim: Claim): void {
    this.names.remove('vm', claim.vm.name, 'claims', claim);
    this.leaveHolders(claim);
  }

  private leaveHolders(claim: Claim): void {
    for (const [kind, name] of holdersOf(claim)) this.names.remove(kind, name, 'claims', claim);
  }
}

/** What the item at a place says of VMs, whose blocks are declared already. */
function claimsAt(place: Place, parent: Declaration): Claim[] {
  const found: Claim[] = [];
  const visit = (
    sentences: readonly Sentence[],
    around: readonly number[],
    owner: Declaration,
    declarations: Iterable<Declaration>,
  ) => {
    const byIndex = new Map([...declarations].map((declaration) => [declaration.path.at(-1), declaration]));
    for (const [index, sentence] of sentences.entries()) {
      if (sentence.word === 'runs')
        for (const claim of claimsOf(sentence, [...around, index], place, owner)) found.push(claim);
      const declaration = sentence.block ? byIndex.get(index) : undefined;
      if (declaration) visit(sentence.body, declaration.path, declaration, declaration.children);
    }
  };
  visit(outlineOf(place.item, place.context), [], parent, place.declarations);
  return found;
}

/** Two claims of one place that agree in this say the same. */
function meaningOf({ vm, on, within, amended, dealt }: Claim): string {
  const around = within ? entityId(within) : amended && [amended.name, amended.scope];
  return JSON.stringify([vm.name, vm.scope, on?.name, on?.scope, around, dealt]);
}

/** What a `runs` statement says of each VM that it names. */
function claimsOf(sentence: Sentence, path: readonly number[], place: Place, owner: Declaration): Claim[] {
  const located = statementAt(place, path, sentence.word);
  const dealt = sentence.subject?.each ?? false;
  const on = sentence.clauses.get('on')?.value;
  const targets = referencesIn(on);
  const isHolder = owner.kind === 'host' || owner.kind === 'cluster';
  const holders = isHolder ? owner.entities : [];
  const amended = isHolder && owner.word === 'amend' ? referencesIn(owner.head()?.sentence.subject, 1) : [];
  const { names } = owner.design;
  return referencesIn(sentence.subject).map(({ name, scope, part }, order) => ({
    vm: { name: names.cell('vm', name).name, scope, from: part.from, to: part.to },
    on: on?.each ? targets[order % Math.max(1, targets.length)] : targets[0],
    within: dealt ? holders[order % Math.max(1, holders.length)] : holders[0],
    amended: dealt ? amended[order % Math.max(1, amended.length)] : amended[0],
    owner,
    located,
    dealt,
  }));
}

function touchAll(declaration: Declaration): void {
  declaration.bump();
  for (const child of declaration.children) touchAll(child);
}

/** Cells of the block that a thing stands in, and of those that its header names. */
function surroundings(entity: Entity, head: Sentence): [string, string][] {
  const found: [string, string][] = [];
  if (entity.parent) found.push([entity.parent.kind, entity.parent.name]);
  for (const { name } of referencesIn(head.clauses.get(':')?.value)) found.push([`class ${entity.kind}`, name]);
  for (const word of ['in', 'on', 'at']) {
    if (!head.clauses.has(word)) continue;
    const term = head.property.shape.clauses.get(word)?.value?.alternatives[0]?.[0];
    if (term?.type !== 'reference') continue;
    for (const { name } of referencesFor(head.clauses.get(word)?.value, 0, entity.index)) {
      for (const kind of term.kinds) found.push([kind, name]);
    }
  }
  return found;
}

/** Cells of the hosts and clusters that a claim may place its VM on. */
function holdersOf(claim: Claim): [string, string][] {
  if (claim.on)
    return [
      ['host', claim.on.name],
      ['cluster', claim.on.name],
    ];
  if (claim.amended) return [[claim.owner.kind, claim.amended.name]];
  return claim.within ? [[claim.within.kind, claim.within.name]] : [];
}

/** A set of declarations that can be depended on. */
class Tracked {
  private readonly members = new Set<Declaration>();
  private readonly version = new Version();
  /** The same in text order, once somebody has asked. */
  private ordered: ReadonlySet<Declaration> | undefined;

  add(declaration: Declaration): void {
    this.members.add(declaration);
    this.changed();
  }

  delete(declaration: Declaration): void {
    if (this.members.delete(declaration)) this.changed();
  }

  private changed(): void {
    this.ordered = undefined;
    this.version.bump();
  }

  all(): ReadonlySet<Declaration> {
    this.version.read();
    return this.members;
  }

  /** For what is decided by which comes first: that must not depend on which was typed first. */
  inOrder(): ReadonlySet<Declaration> {
    this.version.read();
    this.ordered ??= new Set(blocksInOrder([...this.members]));
    return this.ordered;
  }
}
