import { type Cursor, replaceFix } from './cursor.ts';
import { nearest } from './nearest.ts';
import { missing, startsWithDigit } from './numbers.ts';
import type { Part } from './value.ts';

/** Words that a list of features may be thought to hold. */
const STATEMENTS_OF_THEIR_OWN: ReadonlyMap<string, string> = new Map([
  ['drs', 'drs has a statement of its own, with its mode and level: drs full level 3'],
  ['evc', 'evc has a statement of its own, with its baseline: evc intel-cascade-lake'],
]);

/** What products and people call one of the words of a choice. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['fibre', 'fc'],
  ['fiber', 'fc'],
  ['fibre-channel', 'fc'],
  ['vmware', 'esxi'],
  ['vsphere', 'esxi'],
  ['esx', 'esxi'],
  ['hyperv', 'hyper-v'],
  ['pve', 'proxmox'],
  ['xcpng', 'xcp-ng'],
  ['nutanix', 'ahv'],
  ['flash', 'ssd'],
  ['vmotion', 'live-migration'],
  ['lag', 'lacp'],
  ['synchronous', 'sync'],
  ['asynchronous', 'async'],
  ['running', 'on'],
  ['on', 'full'],
  ['automatic', 'full'],
  ['fully-automated', 'full'],
  ['poweredon', 'on'],
  ['powered-on', 'on'],
  ['stopped', 'off'],
  ['poweredoff', 'off'],
  ['powered-off', 'off'],
  ['shutdown', 'off'],
  ['paused', 'suspended'],
  ['standby', 'off'],
]);

/** One of several words; what products call them is known. */
export function readChoice(cursor: Cursor, words: readonly string[]): readonly Part[] {
  const token = cursor.peek();
  const list = words.length > 8 ? `${words.slice(0, 8).join(', ')}, …` : words.join(', ');
  if (token?.kind !== 'word' && token?.kind !== 'text') {
    const before = cursor.tokens[cursor.at - 1];
    if (before && startsWithDigit(before.text)) {
      const [one = ''] = words;
      const first = before.text !== '1' && words.includes(`${one}s`) ? `${one}s` : one;
      const fix = replaceFix({ from: before.to, to: before.to }, ` ${first}`, `Add ${first}`);
      cursor.report(before, 'value-missing', `${cursor.word} needs one of ${list} behind ${before.text}`, [fix]);
    } else missing(cursor, `${cursor.word} is one of ${list}`);
    return [];
  }
  const own = STATEMENTS_OF_THEIR_OWN.get(token.text);
  if (own !== undefined && !words.includes(token.text)) {
    cursor.take();
    cursor.report(token, 'value-malformed', own);
    return [];
  }
  cursor.take();
  const { from, to, text } = token;
  if (token.kind === 'word' && words.includes(text)) return [{ type: 'word', text, from, to }];
  // `"ESXi 8.0"` is two words in quotes.
  const [first = '', ...rest] = text.split(' ');
  const alias = OTHER_NAMES.get(first.toLowerCase());
  const near = (alias !== undefined && words.includes(alias) ? [alias] : nearest(first, words)).map((word) =>
    [word, ...rest].join(' '),
  );
  const fixes = near.map((word) => replaceFix(token, word));
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  cursor.report(token, 'value-malformed', `${cursor.word} is one of ${list}; not "${text}".${hint}`, fixes);
  return [];
}
