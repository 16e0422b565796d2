/**
 * A cluster with so many VMs that its plans are made in a worker from the beginning: the first half of its hosts is three
 * times as full as the second.
 */
export function crowdedDesign(): string {
  const hosts: string[] = [];
  let next = 1;
  for (let host = 1; host <= 28; host++) {
    const count = host <= 14 ? 60 : 20;
    const name = `esx-${String(host).padStart(2, '0')}`;
    hosts.push(`  host ${name} : h { runs v-[${padded(next)}..${padded(next + count - 1)}] }`);
    next += count;
  }
  return `class host h {
  cpu 2 x 32 cores 2.4 GHz
  memory 1024 GiB
}
class vm small { vcpu 2; memory 8 GiB; demand cpu 20 % }
vm v-[0001..${padded(next - 1)}] : small

cluster prod {
  failover none
${hosts.join('\n')}
}
`;
}

const padded = (number: number): string => String(number).padStart(4, '0');
