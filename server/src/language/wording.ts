/** `a host`, `an array`, `the top level`. */
export function article(kind: string, capital = false): string {
  const text = kind === 'file' ? 'the top level' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
  return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** `a, b and c`, with the word before the last. */
export function joined(names: readonly string[], word: 'and' | 'or'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}
