/** `a host`, `an array`, `the top level`. */
export function article(kind: string, capital = false): string {
  const text = kind === 'file' ? 'the top level' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
  return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
