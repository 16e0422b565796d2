import { random } from './random.ts';

/** A design whose parts grow: clusters with hosts and a pool, subnets with and without a DHCP range, growth stated at every level. */
export function growingDesign(seed: number): string {
  const { below, next, pick } = random(seed);
  const chance = (share: number) => next() < share;
  const share = () => `${1 + below(40) / 10} %/month`;
  const growth = (vms: string, cpu: string, memory: string) => {
    const clauses = [
      chance(0.7) ? ` vms ${chance(0.7) ? share() : vms}` : '',
      chance(0.4) ? ` cpu ${chance(0.6) ? share() : cpu}` : '',
      chance(0.3) ? ` memory ${chance(0.6) ? share() : memory}` : '',
    ].join('');
    return clauses === '' ? '' : `growth${clauses}`;
  };
  const lines = ['design d {', '  as-of 2026-11-22', `  horizon ${pick([24, 36, 60])} months`];
  const ofPlan = growth('2/month', '3 GHz/month', '4 GiB/month');
  if (ofPlan !== '') lines.push(`  ${ofPlan}`);
  lines.push('}', '', 'site here', '');
  for (let n = 1; n <= 3; n++) {
    const range = chance(0.3) ? ` dhcp 10.${n}.0.4 .. 10.${n}.0.${12 + below(40)}` : '';
    const own = chance(0.2) ? `; growth vms ${pick(['1/month', '2 %/month'])}` : '';
    lines.push(`network net-${n} at here { subnet 10.${n}.0.0/${26 + below(2)} gateway 10.${n}.0.1${range}${own} }`);
  }
  const apps = 1 + below(2);
  for (let c = 1; c <= 2; c++) {
    lines.push('', `cluster c-${c} at here {`, `  failover ${pick(['1 host', '25 %', 'none'])}`);
    const own = chance(0.3) ? growth('1/month', '2 GHz/month', '2 GiB/month') : '';
    if (own !== '') lines.push(`  ${own}`);
    if (chance(0.5)) lines.push('  hypervisor esxi 8.0');
    const hosts = 2 + below(3);
    lines.push(`  host h${c}-[1..${hosts}] { cpu 1 x 16 cores 2.4 GHz; memory 256 GiB }`);
    const vms = 4 + below(8);
    for (let v = 1; v <= vms; v++)
      lines.push(chance(0.5) ? `  runs v${c}-${v}` : `  runs v${c}-${v} on h${c}-${1 + below(hosts)}`);
    lines.push('}', '');
    for (let v = 1; v <= vms; v++) {
      const demand = pick([`${5 + below(40)} %`, `${2 + below(20) / 10} GHz`]);
      const ownGrowth = chance(0.1) ? '; growth cpu 1 %/month' : '';
      const app = chance(0.3) ? ` in app-${1 + below(apps)}` : '';
      lines.push(
        `vm v${c}-${v}${app} { vcpu ${pick([2, 4])}; memory ${pick([8, 16, 24])} GiB; nic net-${1 + below(3)}; demand cpu ${demand}${ownGrowth} }`,
      );
    }
  }
  lines.push('');
  for (let a = 1; a <= apps; a++)
    lines.push(`app app-${a} { ${chance(0.4) ? `growth vms ${share()}; ` : ''}sessions 100 state replicated }`);
  return `${lines.join('\n')}\n`;
}
