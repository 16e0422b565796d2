import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addMonths,
  compareDates,
  daysBetween,
  formatDate,
  formatWindow,
  monthsBetween,
  type PlanDate,
  parseDate,
  parseTime,
  parseUtcOffset,
  parseWindow,
  type Window,
  windowLength,
  windowsOverlap,
} from '../../server/src/base/dates.ts';
import type { ParsedWords } from '../../server/src/base/parsed.ts';

const HOUR = 3_600;

function read<T>(parsed: ParsedWords<T>): T {
  if ('error' in parsed) assert.fail(parsed.error);
  return parsed.value;
}

const date = (text: string): PlanDate => read(parseDate(text.split(' ')));
const window = (text: string): Window => read(parseWindow(text.split(' ')));

function errorOf(parsed: ParsedWords<unknown>): string {
  if ('value' in parsed) assert.fail('expected an error');
  return `${parsed.at}: ${parsed.error}`;
}

describe('dates', () => {
  test('a day, and a day with a time', () => {
    assert.deepEqual(parseDate(['1970-01-02']), { value: { day: 1 }, taken: 1 });
    assert.deepEqual(parseDate(['1970-01-02', '20:00', 'over']), { value: { day: 1, minute: 1200 }, taken: 2 });
    assert.deepEqual(parseDate(['1970-01-02', 'over']), { value: { day: 1 }, taken: 1 });
    assert.deepEqual(parseDate(['2024-02-29']), { value: { day: 19_782 }, taken: 1 });
  });

  test('24:00 is the start of the next day', () => {
    assert.equal(formatDate(date('2026-12-31 24:00')), '2027-01-01 00:00');
  });

  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['2026-13-02', '0: 2026-13-02: there is no month 13; dates are year-month-day'],
    ['2026-00-02', '0: 2026-00-02: there is no month 0; dates are year-month-day'],
    ['2026-02-29', '0: 2026-02-29: February 2026 has 28 days; dates are year-month-day'],
    ['2026-11-00', '0: 2026-11-00: November 2026 has 30 days; dates are year-month-day'],
    ['2026-11-', '0: 2026-11- is no date; dates are year-month-day, such as 2026-11-22'],
    ['soon', '0: soon is no date; dates are year-month-day, such as 2026-11-22'],
    ['2026-1-5', '0: 2026-1-5: dates are year-month-day: 2026-01-05'],
    ['2026/11/22', '0: 2026/11/22: dates are year-month-day: 2026-11-22'],
    ['22.11.2026', '0: 22.11.2026: dates are year-month-day: 2026-11-22'],
    ['2026-11-22T20:00:00Z', '0: 2026-11-22T20:00:00Z: dates are year-month-day: 2026-11-22 20:00'],
    ['0026-11-22', '0: 0026-11-22: dates begin in 1970'],
    ['2026-11-22 25:00', '1: 25:00: times run from 00:00 to 24:00'],
    ['2026-11-22 20:', '1: 20: is no time; times run from 00:00 to 24:00'],
  ];
  for (const [text, message] of wrong) {
    test(`not a date: "${text}"`, () => assert.equal(errorOf(parseDate(text.split(' '))), message));
  }

  test('nothing at all is no date', () => {
    assert.equal(errorOf(parseDate([])), '0: nothing is no date; dates are year-month-day, such as 2026-11-22');
  });

  test('a date survives printing and reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_932_896 }), (day) =>
        assert.deepEqual(date(formatDate({ day })), { day }),
      ),
    );
  });

  test('months end where they end', () => {
    assert.equal(formatDate(addMonths(date('2026-11-22'), 36)), '2029-11-22');
    assert.equal(formatDate(addMonths(date('2027-01-31'), 1)), '2027-02-28');
    assert.equal(formatDate(addMonths(date('2028-03-31'), -1)), '2028-02-29');
    assert.equal(formatDate(addMonths(date('2026-11-22 20:00'), 2)), '2027-01-22 20:00');
    assert.equal(formatDate(addMonths(date('2026-01-15'), -1)), '2025-12-15');
  });

  test('days and months between', () => {
    assert.equal(daysBetween(date('2026-11-22'), date('2027-01-01')), 40);
    assert.equal(daysBetween(date('2026-11-22 23:00'), date('2026-11-21 01:00')), -1);
    assert.equal(monthsBetween(date('2026-11-22'), date('2029-11-22')), 36);
    assert.equal(monthsBetween(date('2026-04-01'), date('2026-04-16')), 0.5);
    assert.equal(monthsBetween(date('2026-04-16'), date('2026-04-01')), -0.5);
    assert.equal(monthsBetween(date('2026-04-16'), date('2026-04-16')), 0);
  });

  test('a day counts as its start', () => {
    assert.ok(compareDates(date('2026-11-22'), date('2026-11-22 00:01')) < 0);
    assert.equal(compareDates(date('2026-11-22'), date('2026-11-22 00:00')), 0);
  });
});

describe('times and time zones', () => {
  test('times of the day', () => {
    assert.deepEqual(parseTime('07:45'), { value: 465 });
    assert.deepEqual(parseTime('24:00'), { value: 1440 });
    assert.deepEqual(parseTime('07:60'), { error: '07:60: an hour has 60 minutes' });
    assert.deepEqual(parseTime('24:01'), { error: '24:01: times run from 00:00 to 24:00' });
  });

  test('offsets from UTC in minutes', () => {
    assert.deepEqual(parseUtcOffset('utc'), { value: 0 });
    assert.deepEqual(parseUtcOffset('utc-0'), { value: 0 });
    assert.deepEqual(parseUtcOffset('utc+1'), { value: 60 });
    assert.deepEqual(parseUtcOffset('utc-7'), { value: -420 });
    assert.deepEqual(parseUtcOffset('utc+5:45'), { value: 345 });
    assert.deepEqual(parseUtcOffset('utc+14'), { value: 840 });
    assert.deepEqual(parseUtcOffset('utc+15'), { error: 'utc+15: time zones run from utc-12 to utc+14' });
    assert.deepEqual(parseUtcOffset('UTC+1'), { error: 'write utc+1' });
    assert.deepEqual(parseUtcOffset('CET'), { error: 'CET is no time zone; write utc, utc+1 or utc-3:30' });
  });
});

describe('windows', () => {
  test('days of the week and times', () => {
    assert.deepEqual(parseWindow(['weekdays', '07:45', '..', '08:30']), {
      value: { kind: 'recurring', days: [0, 1, 2, 3, 4], from: 465, to: 510 },
      taken: 4,
    });
    assert.deepEqual(parseWindow(['22:00', '..', '06:00', 'method']), {
      value: { kind: 'recurring', days: [0, 1, 2, 3, 4, 5, 6], from: 1320, to: 360 },
      taken: 3,
    });
    assert.deepEqual(window('sunday , tuesday 20:00 .. 22:00'), {
      kind: 'recurring',
      days: [1, 6],
      from: 1200,
      to: 1320,
    });
  });

  test('dates and times', () => {
    assert.deepEqual(window('2027-01-16 20:00 .. 2027-01-17 06:00'), {
      kind: 'single',
      from: date('2027-01-16 20:00'),
      to: date('2027-01-17 06:00'),
    });
  });

  const help = 'a window is [days] time .. time or date time .. date time';
  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['weekdays', `1: ${help}`],
    ['weekdays 07:45', `2: ${help}`],
    ['weekdays 07:45 ..', `3: ${help}`],
    ['weekdays 07:45 08:30', `2: ${help}`],
    ['workdays 07:45 .. 08:30', `0: workdays is no day; ${help}`],
    ['weekdays 7.45 .. 8.30', `1: ${help}`],
    ['daily 22:00 .. 26:00', '3: 26:00: times run from 00:00 to 24:00'],
    ['daily 22:00 .. 22:00', '1: 22:00 .. 22:00 is empty; the whole day is 00:00 .. 24:00'],
    ['daily 24:00 .. 06:00', '1: a window starts before 24:00; write 00:00'],
    ['2027-01-16 .. 2027-01-17', `1: ${help}`],
    ['2027-01-16 20:00 .. 2027-01-17', `4: ${help}`],
    ['2027-01-16 20:00 ..', `3: ${help}`],
    ['2027-01-16 20:00 .. 2027-01-32 06:00', '3: 2027-01-32: January 2027 has 31 days; dates are year-month-day'],
    [
      '2027-01-16 20:00 .. 2027-01-16 19:00',
      '3: the window ends before it starts: 2027-01-16 20:00 .. 2027-01-16 19:00',
    ],
  ];
  for (const [text, message] of wrong) {
    test(`not a window: "${text}"`, () => assert.equal(errorOf(parseWindow(text.split(' '))), message));
  }

  test('length of one run', () => {
    assert.equal(windowLength(window('weekdays 07:45 .. 08:30')), 0.75 * HOUR);
    assert.equal(windowLength(window('daily 22:00 .. 06:00')), 8 * HOUR);
    assert.equal(windowLength(window('saturday 20:00 .. 08:00')), 12 * HOUR);
    assert.equal(windowLength(window('daily 00:00 .. 24:00')), 24 * HOUR);
    assert.equal(windowLength(window('daily 22:00 .. 00:00')), 2 * HOUR);
    assert.equal(windowLength(window('2027-01-16 20:00 .. 2027-01-18 06:00')), 34 * HOUR);
  });

  test('a window is printed as it is written', () => {
    const texts = ['weekdays 07:45 .. 08:30', 'daily 22:00 .. 06:00', '2027-01-16 20:00 .. 2027-01-17 06:00'];
    for (const text of texts) assert.equal(formatWindow(window(text)), text);
    assert.equal(formatWindow(window('tuesday sunday 20:00 .. 22:00')), 'tuesday, sunday 20:00 .. 22:00');
  });

  const overlaps: readonly (readonly [a: string, b: string, overlap: boolean])[] = [
    ['weekdays 07:45 .. 08:30', 'daily 08:00 .. 09:00', true],
    ['weekdays 07:45 .. 08:30', 'daily 08:30 .. 09:00', false],
    ['weekdays 07:45 .. 08:30', 'weekends 07:45 .. 08:30', false],
    ['sunday 22:00 .. 06:00', 'monday 05:00 .. 07:00', true],
    ['saturday 20:00 .. 08:00', 'sunday 07:00 .. 09:00', true],
    // 2027-01-16 is a Saturday.
    ['2027-01-16 20:00 .. 2027-01-17 06:00', 'sunday 05:00 .. 07:00', true],
    ['2027-01-16 20:00 .. 2027-01-17 06:00', 'weekdays 00:00 .. 24:00', false],
    ['2027-01-16 20:00 .. 2027-01-18 06:00', 'weekdays 05:00 .. 07:00', true],
    ['2027-01-16 20:00 .. 2027-01-26 06:00', 'wednesday 05:00 .. 07:00', true],
    ['2027-01-16 20:00 .. 2027-01-17 06:00', '2027-01-23 20:00 .. 2027-01-24 06:00', false],
    ['2027-01-16 20:00 .. 2027-01-17 06:00', '2027-01-17 05:59 .. 2027-01-18 06:00', true],
  ];
  for (const [a, b, expected] of overlaps) {
    test(`${a} ${expected ? 'meets' : 'misses'} ${b}`, () => {
      assert.equal(windowsOverlap(window(a), window(b)), expected);
      assert.equal(windowsOverlap(window(b), window(a)), expected);
    });
  }

  test('sites are compared through their time zones', () => {
    const peak = window('weekdays 09:00 .. 10:00');
    const backup = window('daily 01:00 .. 02:00');
    assert.equal(windowsOverlap(peak, backup), false);
    assert.equal(windowsOverlap(peak, backup, 60, -7 * 60), true);
  });
});
