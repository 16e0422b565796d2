import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive, type MemoHolder, type Memos, Version, World } from '../../server/src/base/reactive.ts';
import { random as randomOf } from '../support/random.ts';

class Thing implements MemoHolder {
  memos: Memos = undefined;
  readonly version = new Version();
  text = 1;
}

const stated = derive((thing: Thing): number => {
  thing.version.read();
  return thing.text;
});

function counted<T>(compute: (thing: Thing) => T) {
  const counts = { computed: 0 };
  const ask = derive((thing: Thing) => {
    counts.computed++;
    return compute(thing);
  });
  return Object.assign(ask, { counts });
}

test('what is supposed is so in its world, and nowhere else', () => {
  const thing = new Thing();
  const double = counted((of) => 2 * stated(of));
  const world = new World();
  world.suppose(stated, thing, 5);
  assert.equal(double(thing), 2);
  assert.equal(
    world.within(() => double(thing)),
    10,
  );
  assert.deepEqual([double(thing), stated(thing), double.counts.computed], [2, 1, 2]);
});

test('what does not read it is not computed again, nor what reads only what comes out the same', () => {
  const [one, other] = [new Thing(), new Thing()];
  const isPositive = counted((of) => stated(of) > 0);
  const words = counted((of) => ({ words: isPositive(of) ? 'some' : 'none' }));
  const world = new World();
  world.suppose(stated, one, 7);
  const before = [words(one), words(other)];
  assert.deepEqual(
    world.within(() => [words(one), words(other)]),
    before,
  );
  assert.equal(
    world.within(() => words(one)),
    before[0],
    'the same object',
  );
  assert.deepEqual([isPositive.counts.computed, words.counts.computed], [3, 2]);
});

test('a world notices what changes meanwhile', () => {
  const [one, other] = [new Thing(), new Thing()];
  const sum = counted(() => stated(one) + stated(other));
  const world = new World();
  world.suppose(stated, one, 10);
  const inWorld = (): number => world.within(() => sum(one));
  assert.deepEqual([sum(one), inWorld()], [2, 11]);
  other.text = 3;
  other.version.bump();
  assert.deepEqual([inWorld(), sum(one), inWorld()], [13, 4, 13]);
});

test('an error in a world stays there; a value that depends on itself is one', () => {
  const thing = new Thing();
  const inverse = counted((of) => {
    if (stated(of) === 0) throw new Error('no inverse');
    return 1 / stated(of);
  });
  const safe = counted((of) => {
    try {
      return inverse(of);
    } catch {
      return 0;
    }
  });
  const world = new World();
  world.suppose(stated, thing, 0);
  assert.equal(safe(thing), 1);
  assert.throws(() => world.within(() => inverse(thing)), /no inverse/);
  assert.equal(
    world.within(() => safe(thing)),
    0,
  );
  assert.deepEqual([safe(thing), inverse(thing)], [1, 1]);
  const circle: (of: Thing) => number = derive((of: Thing) => (stated(of) === 0 ? circle(of) : 1));
  assert.equal(circle(thing), 1);
  assert.throws(() => world.within(() => circle(thing)), /depends on itself/);
  assert.throws(() => world.suppose(() => 1, thing, 1), /derived/);
});

test('a world says what the texts would say if they said it', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { below, next } = randomOf(seed);
    const things = Array.from({ length: 6 }, () => new Thing());
    const layers: ((thing: Thing) => number)[] = [stated];
    for (let depth = 1; depth <= 6; depth++) {
      const [near, far] = [below(6), below(6)];
      const under = layers[below(layers.length)] ?? stated;
      const by = 1 + below(4);
      layers.push(
        derive((thing: Thing): number => {
          const other = things[(things.indexOf(thing) + near) % 6] ?? thing;
          const value = under(thing);
          // What is read depends on what was read.
          return value % by === 0 ? under(other) + 1 : value + (things[far] ? under(things[far]) : 0);
        }),
      );
    }
    const all = (): number[] => things.flatMap((thing) => layers.map((ask) => ask(thing)));
    for (let round = 0; round < 5; round++) {
      if (next() < 0.7) all();
      const supposed = things.filter(() => next() < 0.4).map((thing) => ({ thing, value: below(9) }));
      const world = new World();
      for (const { thing, value } of supposed) world.suppose(stated, thing, value);
      const found = world.within(all);
      const asItIs = all();
      const said = supposed.map(({ thing }) => thing.text);
      const say = (values: readonly number[]): void =>
        supposed.forEach(({ thing }, at) => {
          thing.text = values[at] ?? 0;
          thing.version.bump();
        });
      say(supposed.map(({ value }) => value));
      assert.deepEqual(all(), found, `seed ${seed}`);
      say(said);
      assert.deepEqual(all(), asItIs, `seed ${seed}`);
      const [thing] = things;
      if (thing) thing.text = below(9);
      thing?.version.bump();
    }
  }
});
