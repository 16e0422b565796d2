import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scanner } from '../../server/src/language/syntax/scanner.ts';

/** Tokens as they stand in the text; what is not a word is preceded by its kind, what is not closed by a `!`. */
function tokens(text: string): string[] {
  const scanner = new Scanner();
  scanner.reset(text);
  const found: string[] = [];
  for (let kind = scanner.next(); kind !== 'end'; kind = scanner.next()) {
    const written = text.slice(scanner.from, scanner.to);
    const isNamed = kind === 'text' || kind === 'comment';
    found.push(`${scanner.unclosed ? '!' : ''}${kind === 'newline' ? '⏎' : isNamed ? `${kind} ${written}` : written}`);
  }
  return found;
}

const cases: readonly (readonly [rule: string, text: string, tokens: readonly string[]])[] = [
  ['blanks part words', 'vcpu\t4', ['vcpu', '4']],
  ['a no-break space is a blank', 'vcpu\u00a04 \u2009x', ['vcpu', '4', 'x']],
  ['a byte order mark is a blank', '\ufeffvm a', ['vm', 'a']],
  ['line ends are LF, CRLF and CR', 'a\nb\r\nc\rd', ['a', '⏎', 'b', '⏎', 'c', '⏎', 'd']],
  ['a comment runs to the end of its line', 'a // b { ; }\nc', ['a', 'comment // b { ; }', '⏎', 'c']],
  ['slashes inside a word are no comment', 'https://x a//b', ['https://x', 'a//b']],
  ['# is a comment too', '# note', ['comment # note']],
  ['# inside a word is no comment', 'a#1', ['a#1']],
  ['there is no block comment', '/* a */', ['/*', 'a', '*/']],
  ['braces, semicolons and commas stand alone', 'a{b;c,d}', ['a', '{', 'b', ';', 'c', ',', 'd', '}']],
  ['two dots stand alone', '350..800', ['350', '..', '800']],
  ['two dots inside brackets do not', 'web-[001..400]', ['web-[001..400]']],
  ['one dot is part of a word', '2.9', ['2.9']],
  ['a colon before a blank stands alone', 'vm a: b', ['vm', 'a', ':', 'b']],
  ['a colon before punctuation stands alone', 'a:{', ['a', ':', '{']],
  ['a colon inside a word is part of it', '22:00 00:50:56:aa:00:01', ['22:00', '00:50:56:aa:00:01']],
  ['the address 2001:db8::1 is a word', '2001:db8::1', ['2001:db8::1']],
  ['trailing :: stay in their word', '2001:db8:: /64', ['2001:db8::', '/64']],
  ['a text stands in quotation marks', 'note "a b"', ['note', 'text "a b"']],
  ['two quotation marks in a text are one', '"say ""hi"""', ['text "say ""hi"""']],
  ['a backslash is what it looks like', '"C:\\" b', ['text "C:\\"', 'b']],
  ['a scope touches a text', '"SQL Server"@berlin', ['text "SQL Server"', '@berlin']],
  ['an open text ends at the line end', '"abc\nvm b', ['!text "abc', '⏎', 'vm', 'b']],
  ['an open text ends before the last {', 'vm "abc {\n', ['vm', '!text "abc', '{', '⏎']],
  ['curly quotes are quotes', '\u201cabc\u201d', ['text \u201cabc\u201d']],
  ['a bracket group holds commas and blanks', 'esx-[01, 02]b c', ['esx-[01, 02]b', 'c']],
  ['several groups', 'sw-[1,2]-[a,b]', ['sw-[1,2]-[a,b]']],
  ['an open bracket ends before the next blank', 'tor-[a,b at x', ['!tor-[a,b', 'at', 'x']],
  ['an open bracket ends before a brace', 'tor-[a{', ['!tor-[a', '{']],
  ['an open bracket ends at the line end', 'tor-[a\nb]', ['!tor-[a', '⏎', 'b]']],
  ['names of any script', 'Größe_2 服务器-1', ['Größe_2', '服务器-1']],
];

for (const [rule, text, expected] of cases) test(rule, () => assert.deepEqual(tokens(text), expected));
