import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'balancing-overlooks-network';
interface Plan {
  readonly hypervisor?: string;
  readonly drs?: string;
  readonly video?: string;
  readonly cart?: string;
}
const plan = ({
  hypervisor = 'hypervisor esxi 6.0; ',
  drs = 'full',
  video = '651 Mbps',
  cart = 'demand cpu 60 % net 150 Mbps',
}: Plan) => `network web
cluster prod {
  ${hypervisor}features live-migration, ha
  drs ${drs}
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs cart-[1..4] }
  host esx-2 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs video }
}
vm cart-[1..4] { vcpu 4; nic web; ${cart} }
vm video { vcpu 2; nic web; demand cpu 10 % net ${video} }`;

test('more than 80 % after the move that CPU suggests', () => {
  assert.deepEqual(said(RULE, plan({})), [
    'warning: Balancing of ESXi 6.0 looks at CPU and memory: it moves VMs of prod to esx-2 (CPU 1.3 %), where vs0 would carry 80.1 % of its uplinks with cart-1. Add an uplink there, or let people choose: drs manual.',
  ]);
  assert.deepEqual(said(RULE, plan({ video: '650 Mbps' })), []);
});

test('platforms differ: not said of those that look at the network, or are not known', () => {
  assert.deepEqual(said(RULE, plan({ hypervisor: 'hypervisor esxi 6.5; ' })), []);
  assert.deepEqual(said(RULE, plan({ hypervisor: 'hypervisor esxi; ' })), []);
  assert.deepEqual(said(RULE, plan({ hypervisor: '' })), []);
  assert.match(said(RULE, plan({ hypervisor: 'hypervisor proxmox 9.0; ' }))[0] ?? '', /Balancing of Proxmox VE 9\.0/);
});

test('not said where people choose, CPU is not stated, or hosts are alike', () => {
  assert.deepEqual(said(RULE, plan({ drs: 'manual' })), []);
  assert.deepEqual(said(RULE, plan({ cart: 'demand net 150 Mbps' })), []);
  assert.deepEqual(said(RULE, plan({ cart: 'demand cpu 5 % net 150 Mbps' })), []);
});

test('the fix lets people choose', () => {
  assert.equal(mended(RULE, plan({})), plan({ drs: 'manual' }));
});
