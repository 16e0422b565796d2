/** As much of markdown-it as is used here. */
export interface MarkdownIt {
  readonly options: { highlight?: ((code: string, language: string, attributes: string) => string) | null };
  readonly utils: { escapeHtml(text: string): string };
}

/** Colours ```` ```vdc ```` fences in the Markdown preview, with the classes that its style sheet has colours for. */
export function extendMarkdownIt<Parser extends MarkdownIt>(parser: Parser): Parser {
  const { highlight } = parser.options;
  const { escapeHtml } = parser.utils;
  parser.options.highlight = (code, language, attributes) =>
    language.toLowerCase() === 'vdc'
      ? coloured(code, escapeHtml)
      : (highlight?.(code, language, attributes) ?? escapeHtml(code));
  return parser;
}

/** In this order: what begins as a comment or in quotes holds nothing else. */
const pieces = new RegExp(
  [
    '(?<comment>(?<![^\\s{};,])(?://|#).*)',
    '(?<string>"(?:""|[^"\\n])*"?)',
    // A statement begins a line or follows a brace or a semicolon.
    '(?<keyword>(?<=(?:^|[{};])[ \\t]*)[a-z][a-z-]*(?![\\w.[-]))',
    '(?<number>(?<![\\w.[-])\\d[\\w.:/_-]*(?:[ \\t]*(?:%|[kMGT]i?B|[GM]?bps|[GMT]Hz|IOPS|ms|s|W|kW)(?:/\\w+)*(?!\\w))?)',
  ].join('|'),
  'gm',
);

function coloured(code: string, escapeHtml: (text: string) => string): string {
  let html = '';
  let at = 0;
  for (const match of code.matchAll(pieces)) {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    html += escapeHtml(code.slice(at, match.index));
    html += `<span class="hljs-${kind}">${escapeHtml(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(at));
}
