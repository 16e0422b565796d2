import { formatFigure } from '../../capacity/figure.ts';
import type { Saying } from './consequences.ts';
import type { BalanceChange, NoPlan, Plan, Planned } from './make.ts';
import { waveText } from './migrate.ts';
import {
  acceptedText,
  balanceText,
  changeText,
  checkedText,
  figuresTable,
  movesTable,
  type Table,
  windowText,
} from './tables.ts';
import type { FigureChange } from './trial.ts';
import { costText } from './wording.ts';

/** What a plan says of itself whose search was ended. */
export const STOPPED =
  'The search was stopped before it had come to its end: this is the best plan that it had found until then.';

/** A plan as a page for people, in Markdown: what it does, what each move costs, what changes, and what was looked at. */
export function planPage(planned: Planned): string {
  if (planned.kind === 'nothing') return page('Nothing to do', [sentence(planned.reason)]);
  if (planned.kind === 'no-plan') return noPlanPage(planned);
  const { title, notes, waves, moves, window, figures, balance } = planned;
  const parts: string[] = [...(planned.isStopped ? [STOPPED] : []), ...notes.map(text)];
  if (waves.length > 0) parts.push('## Waves', waves.map((wave) => `- ${text(waveText(wave))}`).join('\n'));
  if (moves.length > 0) {
    parts.push('## Moves', 'In this order each step keeps every limit.', markdownTable(movesTable(moves)));
    parts.push(text(windowText(window, moves)));
  }
  const changed = figures.filter(isShown);
  if (changed.length > 0) parts.push('## Hosts before and after', bars(changed), markdownTable(figuresTable(changed)));
  if (balance.length > 0) parts.push('## How evenly hosts are loaded', balanceTable(balance));
  parts.push('## Findings', ...findingsText(planned));
  return page(title, parts);
}

function noPlanPage({ reason, obstacles, addition }: NoPlan): string {
  const parts = [text(reason)];
  if (obstacles.length > 0)
    parts.push(
      '## What stands in the way',
      markdownTable({
        head: ['host', 'why'],
        rows: obstacles.map(({ host, reason: why }) => [host, why]),
        numbers: [],
      }),
    );
  if (addition) {
    const { hosts, like, cost } = addition;
    const price = cost ? `, ${costText(cost)}` : '';
    const what = `${hosts} more ${hosts === 1 ? 'host' : 'hosts'}${like ? ` like ${like}` : ''}`;
    parts.push('## What would make room', text(`${what}${price}.`));
  }
  return page('No plan', parts);
}

function page(title: string, parts: readonly string[]): string {
  return `# ${text(title)}\n\n${parts.join('\n\n')}\n`;
}

/** Figures that the plan changes nowhere are left out. */
export function isShown({ label }: FigureChange, _: number, all: readonly FigureChange[]): boolean {
  return all.some((other) => other.label === label && changeText(other).includes('→'));
}

/** Signs of a bar that is full; one over it is cut. */
const BAR = 20;

/** Shares of each host as bars, the one before above the one after. */
function bars(changes: readonly FigureChange[]): string {
  const shares = changes.filter(({ before, after }) => (before ?? after)?.unit === 'share');
  const hosts = [...new Set(shares.map(({ host }) => host))];
  const labels = [...new Set(shares.map(({ label }) => label))].filter((label) => !label.includes(' without '));
  const width = Math.max(0, ...hosts.map((host) => host.length));
  const blocks = labels.slice(0, 4).map((label) => {
    const lines = hosts.flatMap((host) => {
      const change = shares.find((one) => one.host === host && one.label === label);
      if (!change) return [];
      const line = (name: string, when: string, figure: FigureChange['before']) =>
        `${name.padEnd(width)}  ${when}  ${bar(figure?.value ?? 0)}  ${figure ? formatFigure(figure) : 'none'}`;
      return [line(host, 'before', change.before), line('', 'after ', change.after)];
    });
    return lines.length > 0 ? [label, ...lines].join('\n') : [];
  });
  const drawn = blocks.flat();
  return drawn.length > 0 ? `\`\`\`text\n${drawn.join('\n\n').replaceAll('`', "'")}\n\`\`\`` : '';
}

function bar(share: number): string {
  const full = Math.max(0, Math.min(BAR, Math.round(share * BAR)));
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}${share > 1 ? '▶' : ' '}`;
}

function balanceTable(balance: readonly BalanceChange[]): string {
  const table = markdownTable({
    head: ['measure', 'before', 'after'],
    rows: balance.map((change) => [
      change.label,
      ...(['before', 'after'] as const).map((when) => balanceText(change, when)),
    ]),
    numbers: [1, 2],
  });
  const estimated = balance.some(({ isEstimate }) => isEstimate)
    ? '\n\nCPU and memory in use were measured on hosts as a whole; VMs are taken to have their share of it.'
    : '';
  return `Standard deviation over hosts of what is used of what each offers.\n\n${table}${estimated}`;
}

function findingsText(plan: Plan): readonly string[] {
  const { removed, accepted, edits } = plan;
  const list = (sayings: readonly Saying[]) =>
    sayings.map(({ rule, message }) => `- **${text(rule)}** ${text(message)}`).join('\n');
  const found: string[] = [];
  if (removed.length > 0) found.push('No longer found:', list(removed));
  if (accepted.length > 0) found.push(acceptedText(plan), list(accepted));
  if (edits.length === 0) return [...found, 'Nothing in the text changes.'];
  return [...found, checkedText(plan)];
}

function markdownTable({ head, rows, numbers }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = `|${head.map((_, column) => (numbers.includes(column) ? '--:' : '---')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function cell(content: string): string {
  return text(content).replaceAll('|', '\\|');
}

function sentence(words: string): string {
  return text(`${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`);
}

/** Names may hold what Markdown would read as its own. */
function text(content: string): string {
  return content
    .replace(/[\\`*_{}[\]<>#]/g, '\\$&')
    .replace(/[\r\n]+/g, ' ')
    .replaceAll(' %', '\u00a0%');
}
