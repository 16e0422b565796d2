import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { WireFinding } from '../../../../server/src/protocol/findings.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import {
  countsInWords,
  countsOf,
  entityName,
  fileName,
  type Group,
  type Grouping,
  grouped,
  isDrawn,
  type Severity,
} from './groups.ts';

/** A row: a group, or a finding in one. */
export type Row = { readonly group: Group; readonly finding?: WireFinding };

/** The row of a group stays the same while what is in it changes. */
type GroupRow = { group: Group };

const icons: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  info: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
  hint: new ThemeIcon('lightbulb'),
};
const nothingFound = new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));

/** Two levels of rows: groups, and the findings of each. */
export class FindingsTree implements TreeDataProvider<Row> {
  readonly #changed = new EventEmitter<Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: readonly GroupRow[] = [];

  /**
   * Says no more than what has changed: an editor that is told of all rows in quick succession loses those of an open group at
   * times, and whatever is done with a row meanwhile.
   */
  show(findings: readonly WireFinding[], grouping: Grouping): void {
    const groups = findings.length === 0 ? [] : grouped(findings, grouping);
    if (groups.map(shape).join() !== this.#rows.map(({ group }) => shape(group)).join()) {
      this.#rows = groups.map((group) => ({ group }));
      this.#changed.fire(undefined);
      return;
    }
    const changed = this.#rows.filter((row, i) => {
      const group = groups[i] ?? row.group;
      const isSame = JSON.stringify(group) === JSON.stringify(row.group);
      row.group = group;
      return !isSame;
    });
    if (changed.length > 0) this.#changed.fire(changed);
  }

  getChildren(row?: Row): Row[] {
    if (!row) return [...this.#rows];
    return row.finding ? [] : row.group.findings.map((finding) => ({ group: row.group, finding }));
  }

  getTreeItem({ group, finding }: Row): TreeItem {
    return finding ? findingItem(finding) : groupItem(group);
  }
}

/** What decides which rows there are, and which of them can be opened. */
const shape = ({ id, findings }: Group): string => `${id} ${findings.length > 0}`;

function groupItem({ id, label, explanation, findings }: Group): TreeItem {
  const [worst] = findings;
  const item = new TreeItem(label, worst ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  const counts = countsInWords(countsOf(findings)) || 'nothing found';
  const total = findings.length;
  // Without an id, an open group would close when its counts change.
  item.id = id;
  item.description = total === 0 ? counts : String(total);
  item.iconPath = worst ? icons[worst.severity] : nothingFound;
  item.tooltip = `${explanation}\n${counts}`;
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${label}, ${counts}` };
  return item;
}

function findingItem(finding: WireFinding): TreeItem {
  const { entity, title, message, severity, owners, location, painPoint } = finding;
  const isMistake = painPoint === null;
  const place = `${fileName(location.uri)}:${location.range.start.line + 1}`;
  // Of a design as a whole there are several findings of one title, and only their words tell them apart.
  const isOfThing = !isMistake && entity !== null && !entity.startsWith('design:');
  const label = isOfThing ? `${entityName(entity)}: ${title}` : message;
  const item = new TreeItem(label);
  item.description = isMistake ? place : owners.join(', ');
  item.iconPath = icons[severity];
  item.tooltip = tooltip(finding);
  item.contextValue = ['finding', ...(isMistake ? [] : ['rule']), ...(isDrawn(entity) ? ['drawn'] : [])].join();
  item.command = { command: 'vdc.findings.showText', title: 'Show Text', arguments: [{ finding }] };
  const owned = owners.length > 0 ? `, owned by ${owners.join(' and ')}` : '';
  item.accessibilityInformation = { label: `${severity}: ${label}${owned}, ${place}` };
  return item;
}

function tooltip({ message, rule, teams, owners, location }: WireFinding): MarkdownString {
  const paragraphs = [
    message,
    `${rule} · ${fileName(location.uri)}, line ${location.range.start.line + 1}`,
    ...(teams.length > 0 ? [`To act: ${teams.join(', ')}`] : []),
    ...(owners.length > 0 ? [`Owner: ${owners.join(', ')}`] : []),
  ];
  return new MarkdownString(paragraphs.map(plainMarkdown).join('\n\n'));
}
