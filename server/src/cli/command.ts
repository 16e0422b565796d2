import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type PlanDate, parseDayOrMonth } from '../base/dates.ts';
import { type ExitCode, type Io, UsageError } from './io.ts';

/** One command of `vdc`. */
export interface Command {
  readonly name: string;
  /** How it is called, without `vdc`. */
  readonly usage: string;
  readonly summary: string;
  /** What its options do, one line each. */
  readonly options: readonly (readonly [option: string, meaning: string])[];
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** Reads arguments strictly. @throws UsageError for whatever is not declared. */
export function readArgs<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own sentence says which option it is; what it adds about `--` helps nobody here.
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
}

/** The one of several values that an option may have. @throws UsageError for any other. */
export function oneOf<const T extends string>(option: string, value: string, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} is ${values.join(', ')}, not "${value}"`);
  return found;
}

/** The day that an option means. @throws UsageError if it is none. */
export function readDay(option: string, text: string): PlanDate {
  const day = parseDayOrMonth(text);
  if ('error' in day) throw new UsageError(`${option}: ${day.error}`);
  return day.value;
}
