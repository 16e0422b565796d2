const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The same day some months later; the last of the month where that has fewer days. */
export function monthsAfter(day: string, months: number): string {
  const [, y, m, d] = DAY.exec(day) ?? [];
  const first = new Date(Date.UTC(Number(y), Number(m) - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(d), last));
  return first.toISOString().slice(0, 10);
}

/** Whole months from a day to another, rounded. */
export function monthsBetween(from: string, to: string): number {
  const [, y1, m1, d1] = DAY.exec(from) ?? [];
  const [, y2, m2, d2] = DAY.exec(to) ?? [];
  return Math.round((Number(y2) - Number(y1)) * 12 + Number(m2) - Number(m1) + (Number(d2) - Number(d1)) / 30.44);
}

const FORMAT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `22 April 2027`. */
export const dayWords = (day: string): string => (DAY.test(day) ? FORMAT.format(new Date(`${day}T00:00:00Z`)) : day);
