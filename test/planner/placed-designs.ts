import { random } from '../support/random.ts';

/** A small design, placed in every way that the language has; the same for the same seed, and in the one format. */
export function placedDesign(seed: number): string {
  const { below, pick } = random(seed * 7919);
  const ranges = ['cart-[1..6]', 'web-[08..14]', 'sw-[1,2]-[a,b,c]', 'app[1..9]x'];
  const singles = ['db-1', '"DC Wien (1)"', 'on-1', 'erp.example.org', '"on"', '101'];
  const vms = [...ranges, ...singles].map((name) => `vm ${name}`);
  const hosts = ['a', 'b', 'c-1', 'c-2', 'c-3', 'd-1', 'd-2', 'e'];
  const lists = new Map<string, string[]>(hosts.map((host) => [host, []]));
  const pool: string[] = [];
  const dealt: string[] = [];
  const words = [...ranges.flatMap(pieces), ...singles];
  for (const word of words) {
    const where = below(12);
    if (where === 0) pool.push(word);
    else if (where === 1 && dealt.length === 0) dealt.push(word);
    else if (where > 2) lists.get(pick(hosts))?.push(word);
  }
  const listOf = (host: string) => lists.get(host) ?? [];
  const lines: string[] = [...vms, '', 'cluster p {'];
  if (pool.length > 0) lines.push(`  runs ${pool.join(', ')}`);
  lines.push(...hostBlock('a', listOf('a'), below(4)), ...hostBlock('b', listOf('b'), below(4)));
  lines.push(below(2) === 0 ? '  host c-[1..3]' : '  host c-[1..3] { memory 8 GiB }', '}');
  const named = ['c-1', 'c-2', 'c-3'].filter((host) => listOf(host).length > 0);
  if (named.length > 0 && below(2) === 0) lines.push('');
  for (const host of named) lines.push(`runs ${listOf(host).join(', ')} on ${host}`);
  const deal = dealt.length > 0 ? ` { runs each ${dealt[0]} }` : '';
  lines.push('', `host d-[1..2] in p${deal}`, 'app x {');
  for (const host of ['d-1', 'd-2']) {
    const list = listOf(host);
    const half = below(list.length + 1);
    for (const part of [list.slice(0, half), list.slice(half)])
      if (part.length > 0) lines.push(`  runs ${part.join(', ')} on ${host}${below(3) === 0 ? ' // why' : ''}`);
  }
  lines.push('  tier critical', '}');
  const [first, ...rest] = listOf('e');
  const e = [
    ...(first ? [`runs ${first}`] : []),
    ...(rest.length > 0 ? [`runs ${rest.join(', ')}`] : []),
    'memory 8 GiB',
  ];
  lines.push(`host e { ${(below(2) === 0 ? e : e.reverse()).join('; ')} }`);
  return `${lines.join('\n')}\n`;

  /** Parts of a range, so that it is spread over several lists. */
  function pieces(range: string): string[] {
    const parts: Readonly<Record<string, string[]>> = {
      'cart-[1..6]': ['cart-[1..3]', 'cart-[4,6]', 'cart-5'],
      'web-[08..14]': ['web-[08..11]', 'web-12', 'web-[13..14]'],
      'sw-[1,2]-[a,b,c]': ['sw-[1,2]-[a..b]', 'sw-[1..2]-c'],
      'app[1..9]x': ['app[2..9]x', 'app1x'],
    };
    return below(3) === 0 ? [range] : (parts[range] ?? [range]);
  }

  function hostBlock(name: string, list: readonly string[], form: number): string[] {
    if (list.length === 0) return [form < 2 ? `  host ${name}` : `  host ${name} { memory 8 GiB }`];
    if (form === 0) return [`  host ${name} { runs ${list.join(', ')} }`];
    if (form === 1) return [`  host ${name} { memory 8 GiB; runs ${list.join(', ')} }`];
    const runs = `    runs ${list.join(', ')}`;
    if (form === 2) return [`  host ${name} {`, '    memory 8 GiB', '', runs, '  }'];
    return [`  host ${name} {`, runs, '    // the rest', '    memory 8 GiB', '  }'];
  }
}
