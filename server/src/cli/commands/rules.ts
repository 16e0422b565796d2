import { RULES } from '../../rules/index.ts';
import { limitSide, limitText } from '../../rules/limit-text.ts';
import { PAIN_POINTS, type Rule } from '../../rules/rule.ts';
import { type Command, oneOf, readArgs } from '../command.ts';
import { JSON_VERSION, text } from '../formats/json.ts';
import { EXIT, UsageError } from '../io.ts';

export const rulesCommand: Command = {
  name: 'rules',
  usage: 'rules [--format pretty|json]',
  summary: 'list every rule: what it is about, whose it is, its limits and where they come from',
  options: [['--format', 'pretty (for people, the default) or json']],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, { format: { type: 'string', default: 'pretty' } });
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many`);
    const format = oneOf('--format', values.format, ['pretty', 'json']);
    io.out(format === 'json' ? text({ version: JSON_VERSION, rules: RULES.map(ruleJson) }) : listing());
    return EXIT.ok;
  },
};

/** Every field of a rule that can be told as data; null where a rule has none. */
function ruleJson(rule: Rule): object {
  const { id, title, painPoint, owners, benefit, why, formula, inputs, covers, source, examples, hasFix, unmendable } =
    rule;
  return {
    id,
    title,
    painPoint,
    owners,
    benefit,
    why,
    severity: severityOf(rule),
    limits: rule.limits ?? null,
    limitOf: rule.limitOf ?? null,
    source,
    formula,
    inputs,
    covers,
    of: rule.of,
    hasFix,
    unmendable: hasFix ? null : (unmendable ?? null),
    examples,
  };
}

/** The severity of a rule without limits, else the worst that its limits give. */
function severityOf({ severity, limits = {} }: Rule): string | null {
  return severity ?? (['error', 'warning', 'info'] as const).find((one) => limits[one] !== undefined) ?? null;
}

function listing(): string {
  const width = Math.max(...RULES.map(({ id }) => id.length));
  return PAIN_POINTS.map((painPoint) => {
    const rules = RULES.filter((rule) => rule.painPoint === painPoint);
    const lines = rules.map((rule) => `  ${rule.id.padEnd(width)}  ${rule.title}\n${details(rule, width + 4)}`);
    return `${painPoint.replaceAll('-', ' ')}\n${lines.join('\n') || '  no rule yet'}\n`;
  }).join('\n');
}

function details(rule: Rule, indent: number): string {
  const limits = Object.entries(rule.limits ?? {}).map(
    ([severity, limit]) => `${severity} ${limitSide(rule)} ${limitText(rule, limit)}`,
  );
  const parts = [limits.length > 0 ? limits.join(', ') : (severityOf(rule) ?? ''), rule.owners.join(', ')];
  if (rule.hasFix) parts.push('has a fix');
  return ' '.repeat(indent) + parts.filter((part) => part !== '').join('; ');
}

/** Limits of shares are fractions; `limitOf` says what the others count. */
