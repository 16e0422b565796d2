import type { ParsedFile } from '../../server/src/language/syntax/file.ts';
import { parse, type Statement } from '../../server/src/language/syntax/parser.ts';
import type { Sequence } from '../../server/src/language/syntax/sequence.ts';

/** A statement with offsets in its file. */
interface Node {
  readonly word: string | undefined;
  readonly from: number;
  to: number;
  readonly args: readonly string[];
  readonly open: number;
  close: number;
  children: readonly Node[];
}

/** The statements and problems of a file, as they are whatever items it is kept in. */
export interface LogicalTree {
  readonly mode: string;
  readonly nodes: readonly Node[];
  readonly problems: readonly string[];
}

export function logicalTree(file: ParsedFile): LogicalTree {
  const problems: { readonly from: number; readonly text: string }[] = [];
  const note = (found: ReturnType<typeof parse>['problems'], at: number) => {
    for (const { from, to, message } of found)
      problems.push({ from: from + at, text: `${from + at}..${to + at} ${message}` });
  };
  const nodesOf = (sequence: Sequence, start: number): Node[] => {
    const nodes: Node[] = [];
    let at = start;
    for (const item of sequence) {
      if (item.kind === 'leaf') {
        const syntax = parse(item.text, item.mode);
        note(syntax.problems, at);
        nodes.push(...syntax.statements.map((statement) => node(statement, at)));
      } else {
        const syntax = parse(item.head, 'braces', true);
        note(syntax.problems, at);
        const heads = syntax.statements.map((statement) => node(statement, at));
        const open = heads[heads.length - 1];
        const children = nodesOf(item.body, at + item.head.length);
        if (open) {
          open.children = children;
          open.close = at + item.head.length + item.body.length + item.tail.indexOf('}');
          open.to = open.close + 1;
        }
        nodes.push(...heads);
      }
      at += item.length;
    }
    return nodes;
  };
  const nodes = nodesOf(file.root, 0);
  problems.sort((a, b) => a.from - b.from || (a.text < b.text ? -1 : 1));
  return { mode: file.mode, nodes, problems: problems.map(({ text }) => text) };
}

function node(statement: Statement, at: number): Node {
  const { word, args, body } = statement;
  return {
    word: word?.text,
    from: statement.from + at,
    to: statement.to + at,
    args: args.map(({ kind, text, from }) => `${kind} ${text} ${from + at}`),
    open: body ? body.open + at : -1,
    close: body && body.close >= 0 ? body.close + at : -1,
    children: body ? body.statements.map((inner) => node(inner, at)) : [],
  };
}
