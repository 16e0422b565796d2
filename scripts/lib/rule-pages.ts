/** A page for every rule, and one that lists them: what the editor links to from a finding. */
import { RULES } from '../../server/src/rules/index.ts';
import { limitSide, limitText } from '../../server/src/rules/limit-text.ts';
import { type Example, PAIN_POINTS, type PainPoint, type Rule } from '../../server/src/rules/rule.ts';

const header = '<!-- Generated from the rules by "npm run generate". -->\n\n';

const evidence = {
  verified: 'read in its source',
  recalled: 'recalled, not checked against a source',
  ours: 'our own proposal',
};

/** What is not the paper's: its text as it is at hand names owners for six of seven points and a benefit for five. */
const OURS: Readonly<Partial<Record<PainPoint, { readonly owners?: string; readonly benefit: string }>>> = {
  'congested-storage-network': { owners: 'assigned by us', benefit: 'ours' },
  'management-complexity': { owners: 'ours', benefit: 'ours' },
};
const OURS_TEXT: Readonly<Partial<Record<PainPoint, string>>> = {
  'congested-storage-network':
    'That network, storage and server act here is how we read a line that the paper prints on the page of two points; the benefit is ours.',
  'management-complexity': 'Who acts and the benefit are ours: the paper names neither for this point.',
};

/** File name and text of each page. */
export function rulePages(): readonly (readonly [name: string, text: string])[] {
  return [['README.md', listPage()], ...RULES.map((rule) => [`${rule.id}.md`, rulePage(rule)] as const)];
}

function listPage(): string {
  const sections = PAIN_POINTS.map((painPoint) => {
    const rules = RULES.filter((rule) => rule.painPoint === painPoint);
    const rows = rules.map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${limitsOf(rule)} |`);
    const table = ['| rule | finding | severity |', '|---|---|---|', ...rows];
    const note = OURS_TEXT[painPoint] ? `${OURS_TEXT[painPoint]}\n\n` : '';
    return `## ${words(painPoint)}\n\n${note}${rules.length > 0 ? table.join('\n') : 'No rule yet.'}\n`;
  });
  return `${header}# Rules\n\nThe seven ways in which virtual data centres fail, and what finds them in a design. Each page says who acts, narrower than the paper where that is plain, and what is gained, in our words.\n\n${sections.join('\n')}`;
}

function rulePage(rule: Rule): string {
  const ours = OURS[rule.painPoint];
  const marked = (text: string, mark: string | undefined) => (mark ? `${text} (${mark})` : text);
  const facts = [
    ['pain point', words(rule.painPoint)],
    ['who acts', marked(rule.owners.join(', '), ours?.owners)],
    ['benefit', marked(rule.benefit, ours?.benefit)],
    ['severity', limitsOf(rule)],
    ['looks at', rule.of],
    ['reads', rule.inputs.map((input) => `\`${input}\``).join(', ')],
    [
      'quick fix',
      rule.remedy === 'plan' ? 'a plan of moves' : rule.hasFix ? 'yes' : `none. ${rule.unmendable ?? ''}`.trim(),
    ],
  ];
  return [
    `${header}# ${rule.title}`,
    `\`${rule.id}\``,
    rule.why,
    ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
    `## Formula\n\n${rule.formula}`,
    `## Where the limits come from\n\n${rule.source.text} (${evidence[rule.source.evidence]})`,
    `## Fires\n\n${example(rule.examples.fires)}`,
    `## Silent\n\n${example(rule.examples.silent)}`,
    `## In a policy\n\n\`\`\`vdc\n${policy(rule)}\n\`\`\`\n`,
  ].join('\n\n');
}

/** `warning above 80 %, error above 100 % (share of the host's CPU)`. */
function limitsOf(rule: Rule): string {
  const limits = Object.entries(rule.limits ?? {}).map(
    ([name, limit]) => `${name} ${limitSide(rule)} ${limitText(rule, limit)}`,
  );
  if (limits.length === 0) return rule.severity ?? 'depends on what is found';
  return `${limits.join(', ')}${rule.limitOf ? ` (${rule.limitOf})` : ''}`;
}

function policy(rule: Rule): string {
  const clauses = Object.entries(rule.limits ?? {}).map(
    ([name, limit]) =>
      `${name === 'warning' ? 'warn' : name} ${limitText(rule, limit).replaceAll(/(?<=\d) (?=\d)/g, '_')}`,
  );
  const lines = clauses.length > 0 ? [`  ${rule.id} ${clauses.join(' ')}`] : [`  ${rule.id} severity info`];
  return ['policy {', ...lines, `  // or: ${rule.id} off`, '}'].join('\n');
}

const example = ({ text, note }: Example): string => `\`\`\`vdc\n${text.trim()}\n\`\`\`${note ? `\n\n${note}` : ''}`;

function words(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
