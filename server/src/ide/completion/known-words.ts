import { CPU_GENERATIONS } from '../../capacity/platforms/cpu-generations.ts';
import { PLATFORMS } from '../../capacity/platforms/index.ts';
import type { Token } from '../../language/syntax/parser.ts';

/** Guest systems that most VMs run, as licences and minimum disks know them. */
const SYSTEMS = [
  'windows-server-2025',
  'windows-server-2022',
  'windows-server-2019',
  'windows-11',
  'rhel-9',
  'ubuntu-24.04',
  'debian-12',
  'sles-15',
];

/** Words that we know facts of, where any word may stand: the likeliest first. `before`: what is written in front. */
export function knownWords(word: string, before: readonly Token[]): readonly string[] {
  switch (word) {
    case 'generation':
    case 'evc':
      return generations(before);
    case 'edition':
      return editions(before);
    case 'os':
      return SYSTEMS;
    case 'product':
      return [...new Set(PLATFORMS.map(({ product }) => product))];
    default:
      return [];
  }
}

/** Those of the vendor that is named, the newest first. */
function generations(before: readonly Token[]): readonly string[] {
  const vendor = before.find(({ text }) => Object.hasOwn(CPU_GENERATIONS, text))?.text;
  const lists = vendor === undefined ? Object.values(CPU_GENERATIONS) : [CPU_GENERATIONS[vendor] ?? []];
  return lists.flatMap((list) => list.toReversed());
}

/** Those that are still sold of the hypervisor or product that is named. */
function editions(before: readonly Token[]): readonly string[] {
  const named = new Set(before.map(({ text }) => text));
  const platform = PLATFORMS.find(({ hypervisor, product }) => named.has(hypervisor) || named.has(product));
  return (platform?.editions ?? []).flatMap(({ names, isRetired }) => (isRetired ? [] : names));
}
