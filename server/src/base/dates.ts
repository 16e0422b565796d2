/**
 * Calendar dates and recurring windows as a design writes them. Nothing here knows today: the day that a design is
 * judged by is its `as-of`. Times are local to a site; two sites are compared through their UTC offsets, without daylight saving.
 */
import type { Parsed, ParsedWords } from './parsed.ts';

/** A day, or a minute of a day. */
export interface PlanDate {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Minute of the day, 0 to 1439; absent when only the day was given. */
  readonly minute?: number;
}

/** 0 is Monday, 6 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Starts on each of the days at minute `from` and ends at the next minute `to` of the clock, which may be the day after. */
export interface RecurringWindow {
  readonly kind: 'recurring';
  readonly days: readonly Weekday[];
  /** Minute of the day, 0 to 1439. */
  readonly from: number;
  /** Minute of the day, 1 to 1440; not above `from` means that it ends on the day after. */
  readonly to: number;
}

export interface SingleWindow {
  readonly kind: 'single';
  readonly from: PlanDate;
  readonly to: PlanDate;
}

export type Window = RecurringWindow | SingleWindow;

const MINUTES_PER_DAY = 1_440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
const MS_PER_DAY = 86_400_000;

const DATE_HELP = 'dates are year-month-day';
const WINDOW_HELP = 'a window is [days] time .. time or date time .. date time';

const WEEKDAYS: readonly Weekday[] = [0, 1, 2, 3, 4];
const WEEKEND: readonly Weekday[] = [5, 6];
const ALL_DAYS: readonly Weekday[] = [...WEEKDAYS, ...WEEKEND];

/** The words that may stand before the times of a window. */
const DAY_WORDS: ReadonlyMap<string, readonly Weekday[]> = new Map([
  ['daily', ALL_DAYS],
  ['weekdays', WEEKDAYS],
  ['weekends', WEEKEND],
  ['monday', [0]],
  ['tuesday', [1]],
  ['wednesday', [2]],
  ['thursday', [3]],
  ['friday', [4]],
  ['saturday', [5]],
  ['sunday', [6]],
]);

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Reads `2026-11-22`, or `2026-11-22 20:00` of two words, from the start of `words`. Years are 1970 to 9999. */
export function parseDate(words: readonly string[]): ParsedWords<PlanDate> {
  const day = parseDay(words[0] ?? '');
  if ('error' in day) return { error: day.error, at: 0 };
  const time = words[1];
  if (time === undefined || !looksLikeTime(time)) return { value: { day: day.value }, taken: 1 };
  const minute = parseTime(time);
  if ('error' in minute) return { error: minute.error, at: 1 };
  if (minute.value === MINUTES_PER_DAY) return { value: { day: day.value + 1, minute: 0 }, taken: 2 };
  return { value: { day: day.value, minute: minute.value }, taken: 2 };
}

/** Reads a day, or a month for its first day: `2027-06-15`, `2027-06`. */
export function parseDayOrMonth(text: string): Parsed<PlanDate> {
  const isMonth = /^\d{4}-\d{1,2}$/.test(text);
  const day = parseDay(isMonth ? `${text}-01` : text);
  if ('value' in day) return { value: { day: day.value } };
  const isDated = isMonth || looksLikeDate(text);
  return {
    error: isDated ? day.error : `"${text}" is no day; write a day such as 2027-06-15 or a month such as 2027-06`,
  };
}

/** Reads a time of the day into its minute: `07:45` is 465; `24:00`, the end of the day, is 1440. */
export function parseTime(text: string): Parsed<number> {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return { error: `${text || 'nothing'} is no time; times run from 00:00 to 24:00` };
  const hour = Number(match[1]);
  const minute = Number(match[2]);
  if (minute > 59) return { error: `${text}: an hour has 60 minutes` };
  if (hour > 24 || (hour === 24 && minute > 0)) return { error: `${text}: times run from 00:00 to 24:00` };
  return { value: hour * 60 + minute };
}

/**
 * Reads a window from the start of `words`, in which `..` and `,` are words of their own:
 * `weekdays 07:45 .. 08:30`, `saturday 20:00 .. 08:00`, `22:00 .. 06:00` (daily), `2027-01-16 20:00 .. 2027-01-17 06:00`.
 */
export function parseWindow(words: readonly string[]): ParsedWords<Window> {
  const first = words[0] ?? '';
  return looksLikeDate(first) ? parseSingleWindow(words) : parseRecurringWindow(words);
}

/** Reads an offset from UTC into minutes: `utc` is 0, `utc+1` is 60, `utc-3:30` is -210. */
export function parseUtcOffset(text: string): Parsed<number> {
  const match = /^utc(?:([+-])(\d{1,2})(?::([0-5]\d))?)?$/.exec(text);
  if (!match) {
    const lower = text.toLowerCase();
    return lower !== text && 'value' in parseUtcOffset(lower)
      ? { error: `write ${lower}` }
      : { error: `${text || 'nothing'} is no time zone; write utc, utc+1 or utc-3:30` };
  }
  const minutes = (Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) * (match[1] === '-' ? -1 : 1);
  if (minutes < -12 * 60 || minutes > 14 * 60) return { error: `${text}: time zones run from utc-12 to utc+14` };
  return { value: minutes === 0 ? 0 : minutes };
}

/** `2026-11-22`, with ` 20:00` if it has a time. */
export function formatDate(date: PlanDate): string {
  const day = new Date(date.day * MS_PER_DAY).toISOString().slice(0, 10);
  return date.minute === undefined ? day : `${day} ${formatTime(date.minute)}`;
}

/** A minute of the day as `07:45`. */
function formatTime(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A window as a design writes it. */
export function formatWindow(window: Window): string {
  if (window.kind === 'single') return `${formatDate(window.from)} .. ${formatDate(window.to)}`;
  const key = window.days.join();
  const group = [...DAY_WORDS].find(([, days]) => days.join() === key)?.[0];
  const days = group ?? window.days.map(nameOfDay).join(', ');
  return `${days} ${formatTime(window.from)} .. ${formatTime(window.to)}`;
}

export function yearOf(date: PlanDate): number {
  return new Date(date.day * MS_PER_DAY).getUTCFullYear();
}

/** Orders dates; a day without a time counts as its start. */
export function compareDates(a: PlanDate, b: PlanDate): number {
  return minutesOf(a) - minutesOf(b);
}

/** Whole days from `from` to `to`, negative if `to` is earlier; times of the day are ignored. */
export function daysBetween(from: PlanDate, to: PlanDate): number {
  return to.day - from.day;
}

/** Months from `from` to `to` as a decimal: whole calendar months, then the share of the month begun. Negative if `to` is earlier. */
export function monthsBetween(from: PlanDate, to: PlanDate): number {
  if (to.day < from.day) return -monthsBetween(to, from);
  let whole = Math.max(0, Math.floor((to.day - from.day) / 31));
  while (addMonths(from, whole + 1).day <= to.day) whole++;
  const start = addMonths(from, whole).day;
  const end = addMonths(from, whole + 1).day;
  return whole + (to.day - start) / (end - start);
}

/** The same day `months` whole months later (or earlier), or the last day of that month where it has no such day. */
export function addMonths(date: PlanDate, months: number): PlanDate {
  const start = new Date(date.day * MS_PER_DAY);
  const month = start.getUTCFullYear() * 12 + start.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const monthOfYear = month - year * 12;
  const dayOfMonth = Math.min(start.getUTCDate(), daysInMonth(year, monthOfYear + 1));
  return { ...date, day: Date.UTC(year, monthOfYear, dayOfMonth) / MS_PER_DAY };
}

export function addDays(date: PlanDate, days: number): PlanDate {
  return { ...date, day: date.day + days };
}

/** Seconds of one run of the window. */
export function windowLength(window: Window): number {
  const minutes = window.kind === 'single' ? minutesOf(window.to) - minutesOf(window.from) : recurringMinutes(window);
  return minutes * 60;
}

/**
 * Whether two windows ever share a minute. Each is in its own local time, `utcOffset` minutes ahead of UTC.
 * Windows that only touch share none.
 */
export function windowsOverlap(a: Window, b: Window, utcOffsetA = 0, utcOffsetB = 0): boolean {
  if (a.kind === 'single' && b.kind === 'single') {
    return spansOverlap(spanOf(a, utcOffsetA), spanOf(b, utcOffsetB));
  }
  // The week repeats, so a later run of one may meet the first run of the other.
  const singleOver = a.kind === 'single' ? a : b.kind === 'single' ? b : undefined;
  if (singleOver && windowLength(singleOver) >= MINUTES_PER_WEEK * 60) return true;
  return weekSpans(a, utcOffsetA).some((one) =>
    weekSpans(b, utcOffsetB).some((other) =>
      [-MINUTES_PER_WEEK, 0, MINUTES_PER_WEEK].some((shift) =>
        spansOverlap(one, { from: other.from + shift, to: other.to + shift }),
      ),
    ),
  );
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spansOverlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

function spanOf(window: SingleWindow, utcOffset: number): Span {
  return { from: minutesOf(window.from) - utcOffset, to: minutesOf(window.to) - utcOffset };
}

/** The runs of a window on a week that begins on Monday at 00:00 UTC; each starts within the week. */
function weekSpans(window: Window, utcOffset: number): readonly Span[] {
  const length = windowLength(window) / 60;
  const starts =
    window.kind === 'single'
      ? [minutesOf(window.from) + 3 * MINUTES_PER_DAY]
      : window.days.map((day) => day * MINUTES_PER_DAY + window.from);
  return starts.map((start) => {
    const from = (((start - utcOffset) % MINUTES_PER_WEEK) + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
    return { from, to: from + length };
  });
}

function recurringMinutes(window: RecurringWindow): number {
  return window.to > window.from ? window.to - window.from : window.to + MINUTES_PER_DAY - window.from;
}

function minutesOf(date: PlanDate): number {
  return date.day * MINUTES_PER_DAY + (date.minute ?? 0);
}

function nameOfDay(day: Weekday): string {
  for (const [word, days] of DAY_WORDS) if (days.length === 1 && days[0] === day) return word;
  return '';
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function looksLikeDate(text: string): boolean {
  return /^\d+[-/.]/.test(text);
}

function looksLikeTime(text: string): boolean {
  return /^\d+:\d*$/.test(text);
}

function parseDay(text: string): Parsed<number> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return { error: whyNoDay(text) };
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (year < 1970) return { error: `${text}: dates begin in 1970` };
  const monthName = MONTH_NAMES[month - 1];
  if (monthName === undefined) return { error: `${text}: there is no month ${month}; ${DATE_HELP}` };
  const days = daysInMonth(year, month);
  if (day < 1 || day > days) return { error: `${text}: ${monthName} ${year} has ${days} days; ${DATE_HELP}` };
  return { value: Date.UTC(year, month - 1, day) / MS_PER_DAY };
}

/** Says how a date that is written in another way is written here, if there is only one reading of it. */
function whyNoDay(text: string): string {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T(\d{2}:\d{2})\S*)?$/.exec(text);
  const yearLast = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day, time] = yearFirst?.slice(1) ?? [yearLast?.[3], yearLast?.[2], yearLast?.[1]];
  if (year && month && day) {
    const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if ('value' in parseDay(meant)) return `${text}: ${DATE_HELP}: ${meant}${time ? ` ${time}` : ''}`;
  }
  return `${text || 'nothing'} is no date; ${DATE_HELP}, such as 2026-11-22`;
}

function parseRecurringWindow(words: readonly string[]): ParsedWords<Window> {
  const days = new Set<Weekday>();
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const named = DAY_WORDS.get(word);
    if (named) for (const day of named) days.add(day);
    else if (word !== ',' || at === 0) break;
  }
  const from = timeAt(words, at, at === 0);
  if ('error' in from) return from;
  if (words[at + 1] !== '..') return { error: WINDOW_HELP, at: Math.min(at + 1, words.length) };
  const to = timeAt(words, at + 2, false);
  if ('error' in to) return to;
  if (from.value === MINUTES_PER_DAY) return { error: 'a window starts before 24:00; write 00:00', at };
  if (from.value === to.value) {
    return {
      error: `${formatTime(from.value)} .. ${formatTime(to.value)} is empty; the whole day is 00:00 .. 24:00`,
      at,
    };
  }
  const sorted = days.size === 0 ? ALL_DAYS : ALL_DAYS.filter((day) => days.has(day));
  const end = to.value === 0 ? MINUTES_PER_DAY : to.value;
  return { value: { kind: 'recurring', days: sorted, from: from.value, to: end }, taken: at + 3 };
}

function timeAt(
  words: readonly string[],
  at: number,
  isFirst: boolean,
): { value: number } | { error: string; at: number } {
  const word = words[at];
  if (word === undefined) return { error: WINDOW_HELP, at: words.length };
  if (looksLikeTime(word)) {
    const time = parseTime(word);
    return 'error' in time ? { error: time.error, at } : time;
  }
  if (isFirst) return { error: `${word} is no day; ${WINDOW_HELP}`, at };
  return { error: WINDOW_HELP, at };
}

function parseSingleWindow(words: readonly string[]): ParsedWords<Window> {
  const from = parseDate(words);
  if ('error' in from) return from;
  if (from.value.minute === undefined || words[from.taken] !== '..') {
    return { error: WINDOW_HELP, at: Math.min(from.taken, words.length) };
  }
  const start = from.taken + 1;
  const to = parseDate(words.slice(start));
  if ('error' in to) return { error: start < words.length ? to.error : WINDOW_HELP, at: start + to.at };
  const taken = start + to.taken;
  if (to.value.minute === undefined) return { error: WINDOW_HELP, at: Math.min(taken, words.length) };
  if (compareDates(from.value, to.value) >= 0) {
    return {
      error: `the window ends before it starts: ${formatDate(from.value)} .. ${formatDate(to.value)}`,
      at: start,
    };
  }
  return { value: { kind: 'single', from: from.value, to: to.value }, taken };
}
