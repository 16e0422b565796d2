import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'images-parked';
const plan = (text: string) => `design plan { as-of 2026-11-22 }\n${text}`;

test('unused for 90 days is silent, one day more is not', () => {
  assert.deepEqual(said(rule, plan('image gold { size 40 GiB; last-used 2026-08-24 }')), []);
  assert.deepEqual(said(rule, plan('image gold { size 40 GiB; last-used 2026-08-23 }')), [
    'info: Image gold takes 40 GiB and is unused since 2026-08-23. Delete what nobody needs, or archive it on cheaper storage.',
  ]);
});

test('images of one statement are one finding with their total, for each reason', () => {
  const text = plan('image p-[1..9] { type parked; size 10 GiB }\namend image p-3 { size 20 GiB }');
  assert.deepEqual(said(rule, text), [
    'info: 9 images (p-1, p-2 and 7 more) take 100 GiB and are parked. Delete what nobody needs, or archive it on cheaper storage.',
  ]);
});

test('what linked clones hang on is in use, full clones need nothing', () => {
  const text = plan(`image old { size 40 GiB; superseded-by new }
image new { size 40 GiB }
image clone of old { size 40 GiB; unique 2 GiB; linked }`);
  assert.deepEqual(said(rule, text), []);
  assert.match(said(rule, text.replace('; linked', ''))[0] ?? '', /Image old takes 40 GiB and is superseded/);
});

test('without a date, and without a day to judge by, nobody knows', () => {
  assert.deepEqual(said(rule, plan('image gold { size 40 GiB }')), []);
  assert.deepEqual(said(rule, 'image gold { size 40 GiB; last-used 2020-01-01 }'), []);
});

test('images that nothing names are deleted, whole statements or some names of one, with what amends them', () => {
  assert.equal(
    mended(rule, plan('image p-[1..9] { type parked; size 10 GiB }\nvm v')),
    'design plan { as-of 2026-11-22 }\nvm v',
  );
  const some = plan('image p-[1..4] { size 10 GiB }\namend image p-3 { superseded-by p-4 }\nvm v');
  assert.equal(mended(rule, some), 'design plan { as-of 2026-11-22 }\nimage p-[1..2,4] { size 10 GiB }\nvm v');
});

test('an image that something was made of stays', () => {
  const text = plan('image old { size 40 GiB; type parked }\nvm v { image old }');
  assert.deepEqual(found(rule, text)[0]?.fixes(), []);
});
