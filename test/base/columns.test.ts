import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bag, type Group, type Grouped } from '../../server/src/base/bag.ts';
import { derive, keepFresh, type MemoHolder, type Memos, Version, World } from '../../server/src/base/reactive.ts';
import { random as randomOf } from '../support/random.ts';

/** A member of a group, with a number and other members that it follows. */
class Member implements MemoHolder, Grouped<Member> {
  memos: Memos = undefined;
  group: Group<Member> | undefined = undefined;
  slot = 0;
  private followed: readonly Member[] = [];
  private readonly version = new Version();
  private number: number;

  constructor(number: number) {
    this.number = number;
  }

  get value(): number {
    this.version.read();
    return this.number;
  }

  set value(number: number) {
    this.number = number;
    this.version.bump();
  }

  get follows(): readonly Member[] {
    this.version.read();
    return this.followed;
  }

  follow(others: readonly Member[]): void {
    this.followed = others;
    this.version.bump();
  }
}

/** A derived function that notes of whom it is computed. */
function noted<H extends MemoHolder, T>(compute: (holder: H) => T, isSame?: (a: T, b: T) => boolean) {
  const computed: H[] = [];
  const ask = derive((holder: H) => {
    computed.push(holder);
    return compute(holder);
  }, isSame);
  return Object.assign(ask, { taken: () => computed.splice(0) });
}

function bagOf(count: number) {
  const bag = new Bag<Member>();
  const members = Array.from({ length: count }, (_, number) => new Member(number));
  for (const member of members) bag.add(member);
  return { bag, members };
}

for (const isKept of [false, true]) {
  describe(isKept ? 'kept fresh' : 'on demand', () => {
    const keeping = (ask: () => unknown) => {
      if (isKept) keepFresh(ask);
    };

    test('a change of one member costs that member, what has read it, and its group', () => {
      const { bag, members } = bagOf(70);
      const double = noted((member: Member) => 2 * member.value);
      const nextTo = noted((member: Member) => double(members[members.indexOf(member) + 1] ?? member));
      const sum = noted((group: Group<Member>) => group.members().reduce((all, member) => all + nextTo(member), 0));
      const all = () => bag.groups().reduce((total, group) => total + sum(group), 0);
      keeping(all);
      const before = all();
      for (const { taken } of [double, nextTo, sum]) taken();
      const [, first, second] = members;
      assert.ok(first && second);
      second.value += 10;
      assert.equal(all(), before + 20);
      assert.deepEqual([double.taken(), nextTo.taken(), sum.taken()], [[second], [first], [first.group]]);
    });

    test('an equal result leaves what has read it as it is, in the same group, too', () => {
      const { members } = bagOf(3);
      const parity = noted((member: Member) => member.value % 2);
      const word = noted((member: Member) => members.map((other) => `${parity(other)}${parity(member)}`).join());
      keeping(() => members.map(word));
      members.map(word);
      for (const { taken } of [parity, word]) taken();
      const [first] = members;
      if (first) first.value += 2;
      members.map(word);
      assert.deepEqual([parity.taken(), word.taken()], [[first], []]);
    });

    test('whoever gets the slot of a member that is gone has nothing of it', () => {
      const { bag, members } = bagOf(30);
      const double = noted((member: Member) => 2 * member.value);
      const [first] = members;
      assert.ok(first);
      const reader = new Member(0);
      reader.follow([first]);
      const followed = noted(
        (member: Member) => member.value + member.follows.reduce((all, one) => all + double(one), 0),
      );
      keeping(() => followed(reader));
      assert.equal(followed(reader), 0);
      const { slot, group } = first;
      bag.delete(first);
      const newcomer = new Member(100);
      bag.add(newcomer);
      assert.deepEqual([newcomer.slot, newcomer.group], [slot, group]);
      assert.equal(double(newcomer), 200);
      first.value = 3;
      assert.equal(followed(reader), 6);
      reader.follow([newcomer]);
      assert.equal(followed(reader), 200);
      newcomer.value = 7;
      assert.equal(followed(reader), 14);
    });
  });
}

test('a member that reads very many others follows each of them', () => {
  const { members } = bagOf(5_000);
  const double = noted((member: Member) => 2 * member.value);
  const sum = noted((member: Member) => member.follows.reduce((all, other) => all + double(other), 0));
  const [first, second] = members;
  assert.ok(first && second);
  first.follow(members.slice(100));
  second.follow(members.slice(-2));
  const both = () => [sum(first), sum(second)];
  keepFresh(both);
  const [all = 0, last = 0] = both();
  sum.taken();
  for (const [index, member] of members.slice(3_000, 3_003).entries()) {
    member.value += 1;
    assert.deepEqual([both(), sum.taken()], [[all + 2 * (index + 1), last], [first]]);
  }
  first.follow(members.slice(100, 200).reverse());
  assert.deepEqual(both(), [2 * ((100 + 199) * 50), last]);
});

test('what is supposed of one member is not supposed of the others', () => {
  const { members } = bagOf(5);
  const stated = derive((member: Member) => member.value);
  const double = noted((member: Member) => 2 * stated(member));
  const [first, second] = members;
  assert.ok(first && second);
  const asTheyAre = members.map(double);
  double.taken();
  const world = new World();
  world.suppose(stated, second, 50);
  assert.deepEqual(
    world.within(() => members.map(double)),
    [0, 100, 4, 6, 8],
  );
  assert.deepEqual([double.taken(), members.map(double)], [[second], asTheyAre]);
});

/** Values that read those of other members, in layers, so that none reads itself. */
function layersOver(names: readonly string[]): ((member: Member) => number)[] {
  const layers: ((member: Member) => number)[] = [derive((member: Member) => member.value)];
  for (const _ of names) {
    const below = layers.at(-1) as (member: Member) => number;
    layers.push(
      derive((member: Member): number => {
        let value = below(member);
        for (const other of member.follows) {
          // Whether more is read depends on what was read.
          if (value % 3 === 0) break;
          value = (value * 7 + below(other)) % 1000;
        }
        return value;
      }),
    );
  }
  return layers;
}

test('after any comings, goings and changes, every value is what computing it anew gives', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { below, next } = randomOf(seed);
    const { bag, members } = bagOf(20 + below(60));
    const layers = layersOver(['near', 'far', 'furthest']);
    const pick = () => members[below(members.length)] as Member;
    const follow = (member: Member) => member.follow(Array.from({ length: below(4) }, pick));
    members.forEach(follow);
    const all = () => members.map((member) => layers.map((ask) => ask(member)));
    const releases: (() => void)[] = [];
    for (let step = 0; step < 25; step++) {
      const choice = next();
      if (choice < 0.5) pick().value = below(1000);
      else if (choice < 0.7) follow(pick());
      else if (choice < 0.85) {
        const member = new Member(below(1000));
        bag.add(member);
        members.push(member);
        follow(member);
      } else {
        const [gone] = members.splice(below(members.length), 1);
        if (gone) bag.delete(gone);
        for (const member of members) if (gone && member.follows.includes(gone)) follow(member);
      }
      if (next() < 0.2) {
        const some = Array.from({ length: 5 }, pick);
        releases.push(keepFresh(() => some.map((member) => layers.at(-1)?.(member))));
      }
      if (next() < 0.1) releases.shift()?.();
      if (next() < 0.4) continue;
      const anew = layersOver(['near', 'far', 'furthest']);
      assert.deepEqual(
        all(),
        members.map((member) => anew.map((ask) => ask(member))),
        `seed ${seed}, step ${step}`,
      );
    }
  }
});
