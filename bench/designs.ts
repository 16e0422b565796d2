/** Designs that write every VM out, one statement each, as an import does; the same as JSON with a schema. */

export interface Document {
  readonly text: string;
  /** A place in the middle of the text, where one digit of the memory of a VM stands. */
  readonly edit: { readonly line: number; readonly character: number };
  /** The brace that opens the body of the same VM. */
  readonly brace: { readonly line: number; readonly character: number };
  /** Its name, and where its datastore is named. */
  readonly name: { readonly line: number; readonly character: number };
  readonly reference: { readonly line: number; readonly character: number };
}

export interface DesignOptions {
  readonly vms: number;
  /** Hosts that have too little CPU for their VMs: one finding each. */
  readonly overloaded?: number;
}

const VMS_PER_HOST = 10;
const HOSTS_PER_CLUSTER = 32;
const DATASTORES = 64;

interface Estate {
  readonly clusters: readonly { readonly name: string; readonly hosts: readonly EstateHost[] }[];
}

interface EstateHost {
  readonly name: string;
  readonly cores: number;
  readonly vms: readonly { readonly name: string; readonly datastore: string; readonly address: string }[];
}

function estate({ vms, overloaded = 0 }: DesignOptions): Estate {
  const hosts: EstateHost[] = [];
  for (let host = 0; host < Math.ceil(vms / VMS_PER_HOST); host++) {
    const first = host * VMS_PER_HOST;
    const count = Math.min(VMS_PER_HOST, vms - first);
    hosts.push({
      name: `esx-${String(host).padStart(5, '0')}`,
      cores: host < overloaded ? 5 : 32,
      vms: Array.from({ length: count }, (_, k) => ({
        name: `vm-${String(first + k).padStart(6, '0')}`,
        datastore: `ds-${((first + k) % DATASTORES) + 1}`,
        // The first addresses are the network's own and the gateway's.
        address: addressOf(first + k + 16),
      })),
    });
  }
  const clusters: Estate['clusters'][number][] = [];
  for (let at = 0; at < hosts.length; at += HOSTS_PER_CLUSTER)
    clusters.push({ name: `prod-${clusters.length + 1}`, hosts: hosts.slice(at, at + HOSTS_PER_CLUSTER) });
  return { clusters };
}

function addressOf(n: number): string {
  return `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
}

/** A design in the language. Nothing is found in it but the overloaded hosts that were asked for. */
export function vdcDesign(options: DesignOptions): Document {
  const out = [
    'design estate { as-of 2026-11-22; currency USD }',
    'network prod { vlan 10; subnet 10.0.0.0/12 gateway 10.0.0.1 }',
    `array a1 { protocol fc; iops 900_000_000; datastore ds-[1..${DATASTORES}] { capacity 900 TiB } }`,
    'class vm standard { vcpu 4; demand cpu 20 % net 20 Mbps iops 60 reads 70 % }',
    '',
  ];
  for (const { name, hosts } of estate(options).clusters) {
    out.push(`cluster ${name} {`, `  failover 1 host`, `  mount ds-[1..${DATASTORES}]`);
    for (const { name: host, cores, vms } of hosts) {
      out.push(
        `  host ${host} {`,
        `    cpu 2 x ${cores} cores 2.6 GHz`,
        '    memory 1 TiB',
        `    runs ${vms.map((vm) => vm.name).join(', ')}`,
        '  }',
      );
    }
    out.push('}', '');
    for (const { name: vm, datastore, address } of hosts.flatMap((host) => host.vms))
      out.push(
        `vm ${vm} : standard { memory 16 GiB; disk 80 GiB thin on ${datastore} used 35 GiB; nic prod address ${address}; os rhel-9 }`,
      );
    out.push('');
  }
  return documentOf(out, (line) => line.startsWith('vm '), /memory 1(?=6 GiB)/, '{');
}

/** The same estate as JSON. */
export function jsonDesign(options: DesignOptions): Document {
  const out = ['{', '  "clusters": ['];
  const { clusters } = estate(options);
  for (const [index, { name, hosts }] of clusters.entries()) {
    out.push('    {', `      "name": "${name}",`, '      "hosts": [');
    for (const [at, { name: host, cores, vms }] of hosts.entries()) {
      const runs = vms.map((vm) => `"${vm.name}"`).join(', ');
      out.push(
        `        { "name": "${host}", "sockets": 2, "cores": ${cores}, "ghz": 2.6, "memoryGiB": 1024, "runs": [${runs}] }${at + 1 < hosts.length ? ',' : ''}`,
      );
    }
    out.push('      ],', '      "vms": [');
    const vms = hosts.flatMap((host) => host.vms);
    for (const [at, { name: vm, datastore, address }] of vms.entries())
      out.push(
        `{ "name": "${vm}", "class": "standard", "memoryGiB": 16, "disk": { "GiB": 80, "on": "${datastore}" }, "nic": { "address": "${address}" } }${at + 1 < vms.length ? ',' : ''}`,
      );
    out.push('      ]', `    }${index + 1 < clusters.length ? ',' : ''}`);
  }
  out.push('  ]', '}', '');
  return documentOf(out, (line) => line.startsWith('{ "name"'), /"memoryGiB": 1(?=6)/, '{');
}

/** What the JSON document is validated against. */
export const JSON_SCHEMA = {
  type: 'object',
  required: ['clusters'],
  additionalProperties: false,
  properties: {
    clusters: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'hosts', 'vms'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          hosts: { type: 'array', items: { $ref: '#/definitions/host' } },
          vms: { type: 'array', items: { $ref: '#/definitions/vm' } },
        },
      },
    },
  },
  definitions: {
    host: {
      type: 'object',
      required: ['name', 'sockets', 'cores', 'ghz', 'memoryGiB', 'runs'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1 },
        sockets: { type: 'integer', minimum: 1 },
        cores: { type: 'integer', minimum: 1 },
        ghz: { type: 'number', exclusiveMinimum: 0 },
        memoryGiB: { type: 'number', exclusiveMinimum: 0 },
        runs: { type: 'array', items: { type: 'string' } },
      },
    },
    vm: {
      type: 'object',
      required: ['name', 'class', 'memoryGiB', 'disk', 'nic'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1 },
        class: { enum: ['standard'] },
        memoryGiB: { type: 'number', exclusiveMinimum: 0 },
        disk: {
          type: 'object',
          required: ['GiB', 'on'],
          properties: { GiB: { type: 'number' }, on: { type: 'string', pattern: '^ds-[0-9]+$' } },
        },
        nic: {
          type: 'object',
          required: ['address'],
          properties: { address: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+){3}$' } },
        },
      },
    },
  },
} as const;

/** @throws Error if the text has no such line: a mistake of the generator. */
function documentOf(lines: readonly string[], isVm: (line: string) => boolean, digit: RegExp, brace: string): Document {
  const middle = Math.floor(lines.length / 2);
  const line = lines.findIndex((text, index) => index >= middle && isVm(text));
  const text = lines[line] ?? '';
  const found = digit.exec(text);
  if (!found) throw new Error('the design has no VM in its second half');
  return {
    text: lines.join('\n'),
    edit: { line, character: found.index + found[0].length },
    brace: { line, character: text.indexOf(brace) },
    name: { line, character: text.indexOf('vm-') },
    reference: { line, character: text.indexOf('ds-') },
  };
}
