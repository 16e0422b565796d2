import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  derive,
  keepFresh,
  type MemoHolder,
  type Memos,
  sameList,
  untracked,
  Version,
} from '../../server/src/base/reactive.ts';
import { random as randomOf } from '../support/random.ts';

/** A number that can be set, as a thing that values are computed from. */
class Input implements MemoHolder {
  memos: Memos = undefined;
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
}

/** A derived function that counts how often it is computed. */
function counted<T>(compute: (input: Input) => T, isSame?: (a: T, b: T) => boolean) {
  const counts = { computed: 0 };
  const read = derive((input: Input) => {
    counts.computed++;
    return compute(input);
  }, isSame);
  return Object.assign(read, { counts });
}

for (const isKept of [false, true]) {
  describe(isKept ? 'kept fresh' : 'on demand', () => {
    const keeping = (ask: () => unknown) => {
      if (isKept) keepFresh(ask);
    };

    test('a value is computed once, and again after what it read has changed', () => {
      const input = new Input(1);
      const double = counted(({ value }) => 2 * value);
      keeping(() => double(input));
      assert.deepEqual([double(input), double(input), double.counts.computed], [2, 2, 1]);
      input.value = 3;
      assert.deepEqual([double(input), double(input), double.counts.computed], [6, 6, 2]);
    });

    test('a change elsewhere computes nothing', () => {
      const [input, other] = [new Input(1), new Input(1)];
      const double = counted(({ value }) => 2 * value);
      keeping(() => double(input));
      double(input);
      other.value = 2;
      assert.deepEqual([double(input), double.counts.computed], [2, 1]);
    });

    test('an equal result leaves what read it fresh', () => {
      const input = new Input(1);
      const parity = counted(({ value }) => value % 2);
      const list = counted(({ value }) => [value > 0], sameList);
      const word = counted((of) => (parity(of) === 0 && list(of)[0] ? 'even' : 'odd'));
      keeping(() => word(input));
      word(input);
      const before = list(input);
      input.value = 3;
      assert.equal(word(input), 'odd');
      assert.equal(list(input), before);
      assert.deepEqual([parity.counts.computed, list.counts.computed, word.counts.computed], [2, 2, 1]);
    });

    test('what was read under a condition counts only while it holds', () => {
      const [choice, left, right] = [new Input(0), new Input(10), new Input(20)];
      const chosen = counted(() => (choice.value === 0 ? left.value : right.value));
      keeping(() => chosen(choice));
      assert.equal(chosen(choice), 10);
      right.value = 21;
      assert.deepEqual([chosen(choice), chosen.counts.computed], [10, 1]);
      choice.value = 1;
      assert.equal(chosen(choice), 21);
      left.value = 11;
      assert.deepEqual([chosen(choice), chosen.counts.computed], [21, 2]);
    });

    test('an error is thrown at whoever asks, until what it was computed from changes', () => {
      const input = new Input(0);
      const inverse = counted(({ value }) => {
        if (value === 0) throw new RangeError('no inverse');
        return 1 / value;
      });
      const shifted = counted((of) => 1 + inverse(of));
      keeping(() => {
        try {
          return shifted(input);
        } catch {
          return undefined;
        }
      });
      assert.throws(() => shifted(input), RangeError);
      assert.throws(() => shifted(input), RangeError);
      assert.equal(inverse.counts.computed, 1);
      input.value = 2;
      assert.equal(shifted(input), 1.5);
      input.value = 0;
      assert.throws(() => shifted(input), RangeError);
    });
  });
}

test('a value that depends on itself is an error, and nothing hangs', () => {
  const input = new Input(0);
  const own: (of: Input) => number = derive((of: Input) => (of.value > 0 ? own(of) : 0));
  assert.equal(own(input), 0);
  input.value = 1;
  assert.throws(() => own(input), /depends on itself/);
  input.value = 0;
  assert.equal(own(input), 0);
});

test('what is read untracked is not depended on', () => {
  const input = new Input(1);
  const frozen = counted((of) => untracked(() => of.value));
  assert.equal(frozen(input), 1);
  input.value = 2;
  assert.deepEqual([frozen(input), frozen.counts.computed], [1, 1]);
});

test('what is no longer kept fresh is right when it is asked again', () => {
  const input = new Input(1);
  const double = counted(({ value }) => 2 * value);
  const release = keepFresh(() => double(input));
  input.value = 2;
  release();
  input.value = 3;
  assert.equal(double(input), 6);
  keepFresh(() => double(input));
  input.value = 4;
  assert.equal(double(input), 8);
});

/** Values in layers, each read from some of the layer below: which ones depends on what is read. */
function layered(random: () => number, inputs: readonly Input[]) {
  const pick = (count: number) => Math.floor(random() * count);
  let below: readonly (() => number)[] = inputs.map((input) => () => input.value);
  const all: (() => number)[] = [];
  for (let layer = 0; layer < 4; layer++) {
    below = Array.from({ length: 6 }, () => {
      const [first, second, third] = [pick(below.length), pick(below.length), pick(below.length)];
      const sources = below;
      const compute = () => {
        const a = sources[first]?.() ?? 0;
        const b = a % 3 === 0 ? (sources[second]?.() ?? 0) : (sources[third]?.() ?? 0);
        return (a * 7 + b) % 11;
      };
      const holder: MemoHolder = { memos: undefined };
      const read = derive(compute);
      all.push(() => read(holder));
      return () => read(holder);
    });
  }
  return all;
}

test('after any changes, every value is what computing it anew gives', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomOf(seed).next;
    const inputs = Array.from({ length: 5 }, () => new Input(Math.floor(random() * 20)));
    const values = layered(random, inputs);
    const releases: (() => void)[] = [];
    for (let step = 0; step < 40; step++) {
      const input = inputs[Math.floor(random() * inputs.length)];
      if (input) input.value = Math.floor(random() * 20);
      const value = values[Math.floor(random() * values.length)];
      if (value && random() < 0.3) releases.push(keepFresh(value));
      if (random() < 0.2) releases.shift()?.();
      if (random() < 0.5) continue;
      const kept = values.map((one) => one());
      // The same functions over inputs of the same numbers, which nothing has remembered.
      const fresh = layered(
        replayed(seed),
        inputs.map(({ value: number }) => new Input(number)),
      );
      assert.deepEqual(
        kept,
        fresh.map((one) => one()),
        `seed ${seed}, step ${step}`,
      );
    }
  }
});

/** The random numbers that follow those which made the inputs. */
function replayed(seed: number): () => number {
  const random = randomOf(seed).next;
  for (let k = 0; k < 5; k++) random();
  return random;
}
