import { entityId } from '../../design/declaration.ts';
import { type AppliedFix, type Fixed, fixRule, fixSafely, type Wrong } from '../../ide/fixing.ts';
import { nearest } from '../../language/values/nearest.ts';
import { RULES } from '../../rules/index.ts';
import { checkDesign } from '../../rules/run.ts';
import { attend } from '../attend.ts';
import { diffOf, saveChanged, textsOf } from '../changes.ts';
import { type Command, oneOf, readArgs } from '../command.ts';
import { type Loaded, loadDesigns } from '../designs.ts';
import { designFiles, STDIN } from '../files.ts';
import { JSON_VERSION, text } from '../formats/json.ts';
import { paintDiff, painter, shown, wrap } from '../formats/paint.ts';
import { movesJson, movesLines } from '../formats/plan.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { countBySeverity, makeReport, type Report } from '../report.ts';

export const fixCommand: Command = {
  name: 'fix',
  usage: 'fix <files or folders> [--rule id] [--write] [--format pretty|json]',
  summary: 'mend what has a safe remedy, each shown as a diff with what it takes away',
  options: [
    [
      '--rule',
      'mend the findings of this rule: also by plans of moves, and where the only remedy is not the obvious one',
    ],
    ['--write', 'write the files; without it they stay as they are. Standard input is answered on standard output'],
    ['--format', 'pretty (for people, the default) or json'],
    ['Ctrl+C', 'ends the search of plans and shows what was found so far, which is not written; again, ends at once'],
    [
      'exit code',
      '0 no errors are left, 1 findings of severity error are, 2 something could not be read or written, 130 stopped',
    ],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      rule: { type: 'string' },
      write: { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
    });
    if (positionals.length === 0) throw new UsageError('name a design, a folder of designs, or - for standard input');
    const format = oneOf('--format', values.format, ['pretty', 'json']);
    if (values.write && positionals.includes(STDIN) && format === 'json')
      throw new UsageError('standard output cannot hold both the text and JSON; leave out --write or --format');
    const loaded = await loadDesigns(io, await designFiles(io, positionals));
    for (const reason of loaded.unreadable) io.err(`vdc fix: ${reason}\n`);
    if (loaded.named.size === 0) return EXIT.failed;
    const before = textsOf(loaded);
    const uris = [...before.keys()];
    const report = makeReport(loaded);
    if (values.rule !== undefined) mustBeKnown(values.rule, report);
    const { rule } = values;
    const { value: fixed, wasStopped } =
      rule === undefined
        ? { value: fixSafely(loaded.workspace, uris), wasStopped: false }
        : await attend(io, 'vdc fix', (course) => fixRule(loaded.workspace, uris, rule, course));
    const after = makeReport(loaded);
    const isWritten = values.write && !wasStopped;
    const outcome: Outcome = { fixed, before: report, after, loaded, isWritten, wasStopped };
    // With `--write`, standard output is the text that came from standard input.
    const say = values.write && positionals.includes(STDIN) ? io.err : io.out;
    say(format === 'json' ? text(toJson(outcome)) : toPretty(outcome, rule, io));
    if (isWritten) await saveChanged(io, loaded, before);
    if (wasStopped) return EXIT.stopped;
    if (after.failures.length + loaded.unreadable.length > 0) return EXIT.failed;
    return countBySeverity(after.findings).error > 0 ? EXIT.findings : EXIT.ok;
  },
};

interface Outcome {
  readonly fixed: Fixed;
  readonly before: Report;
  readonly after: Report;
  readonly loaded: Loaded;
  readonly isWritten: boolean;
  readonly wasStopped: boolean;
}

/** @throws UsageError for what is neither a rule nor a mistake that was found. */
function mustBeKnown(rule: string, { findings }: Report): void {
  if (RULES.some(({ id }) => id === rule) || findings.some((finding) => finding.rule === rule)) return;
  const [meant] = nearest(
    rule,
    RULES.map(({ id }) => id),
  );
  const hint = meant === undefined ? '"vdc rules" lists them' : `did you mean ${meant}?`;
  throw new UsageError(`there is no rule "${rule}"; ${hint}`);
}

function toJson({ fixed, before, after, loaded, isWritten }: Outcome): object {
  return {
    version: JSON_VERSION,
    isWritten,
    fixes: fixed.applied.map((fix) => ({
      title: fix.title,
      finding: wrongJson(fix.wrong, loaded),
      plan: fix.plan ? movesJson(fix.plan) : null,
      diff: diffFor(fix, loaded),
    })),
    left: fixed.left.map(({ wrong, reason }) => ({ finding: wrongJson(wrong, loaded), reason })),
    findings: { before: countBySeverity(before.findings), after: countBySeverity(after.findings) },
  };
}

function wrongJson({ rule, severity, message, uri, entity }: Wrong, { fileName }: Loaded): object {
  return { rule, severity, message, file: fileName(uri), entity: entity ?? null };
}

function diffFor({ edits, before }: AppliedFix, { fileName }: Loaded): string {
  return diffOf(edits, (uri) => before.get(uri) ?? '', fileName);
}

function toPretty(outcome: Outcome, rule: string | undefined, { colours, columns }: Io): string {
  const { fixed, before, after, loaded, isWritten, wasStopped } = outcome;
  const paint = painter(colours);
  const out: string[] = [];
  const found = ({ severity, rule: id, message }: Wrong) =>
    wrap(`${severity} ${id}: ${shown(message)}`, columns - 2).map((line) => paint('dim', `  ${line}`));
  for (const fix of fixed.applied) {
    out.push(paint('bold', shown(fix.title)), ...found(fix.wrong));
    if (fix.plan) out.push(...movesLines(fix.plan, paint));
    out.push(paintDiff(diffFor(fix, loaded), paint), '');
  }
  for (const { wrong, reason } of fixed.left) {
    out.push(`${paint('bold', 'Not mended:')} ${shown(loaded.fileName(wrong.uri))}`, ...found(wrong));
    out.push(...wrap(shown(reason), columns - 2).map((line) => `  ${line}`), '');
  }
  const counts = (report: Report) => {
    const { error, warning, info } = countBySeverity(report.findings);
    return `${error} ${error === 1 ? 'error' : 'errors'}, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${info} info`;
  };
  const size = fixed.applied.length;
  const unwritten = wasStopped ? 'shown; nothing was written, as it was stopped' : 'shown; --write writes them';
  const verb = isWritten ? 'written' : size === 0 ? '' : unwritten;
  if (size === 0)
    out.push(
      rule === undefined
        ? 'Nothing has one safe remedy.'
        : fixed.left.length > 0
          ? 'Nothing was changed.'
          : `${rule} finds nothing.`,
    );
  else out.push(`${size} ${size === 1 ? 'fix' : 'fixes'} ${verb}. ${counts(before)} → ${counts(after)}`);
  if (rule === undefined) out.push(...plansOffered(outcome));
  return `${out.join('\n')}\n`;
}

/** Rules that only a plan mends are not touched unasked: what can be asked for. */
function plansOffered({ loaded }: Outcome): string[] {
  const counts = new Map<string, Set<string>>();
  for (const { design } of loaded.projects)
    for (const { rule, entity, silencedBy } of checkDesign(design).findings) {
      if (silencedBy || rule.remedy !== 'plan') continue;
      counts.set(rule.id, (counts.get(rule.id) ?? new Set()).add(entityId(entity)));
    }
  return [...counts].map(([id, things]) => `Moving VMs may mend ${things.size} of ${id}: vdc fix --rule ${id}`);
}
