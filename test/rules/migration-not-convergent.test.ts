import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'migration-not-convergent';
interface Plan {
  readonly dirty?: string;
  readonly features?: string;
  readonly hypervisor?: string;
  readonly service?: string;
  readonly more?: string;
}
/** A copy of 8 Gbps, which is 1000 MB/s. */
const plan = ({
  dirty = '',
  features = 'live-migration',
  hypervisor = '',
  service = '',
  more = '',
}: Plan) => `network live
cluster prod {
  ${hypervisor}features ${features}
  service migration on live${service}
  vswitch vs0 { uplink nic1; carries live }
  host esx-[1..2] { nic nic1 8 Gbps }
}
vm cache { memory 16 GiB; demand cpu 10 %${dirty} }
runs cache on esx-1${more}`;

test('at 80 % the copy still ends, a little above it is told', () => {
  assert.deepEqual(said(RULE, plan({ dirty: ' dirty 800 MB/s' })), []);
  assert.match(said(RULE, plan({ dirty: ' dirty 801 MB/s' }))[0] ?? '', /^warning: cache writes 6\.41 Gbps .* 80\.1 %/);
});

test('faster than it is copied is an error, and tells the pause', () => {
  assert.equal(
    said(RULE, plan({ dirty: ' dirty 1001 MB/s' }))[0],
    'error: cache writes 8.01 Gbps to its memory, 100 % of the 8 Gbps of a live move: the copy never catches up, and it stands still for 17.2 s. Give migration a faster link, or move it in a quiet hour.',
  );
});

test('a platform that slows the VM down ends the copy', () => {
  const text = plan({ dirty: ' dirty 1200 MB/s', hypervisor: 'hypervisor esxi 8.0; ' });
  assert.match(said(RULE, text)[0] ?? '', /^warning: .* it is slowed down until the copy catches up/);
});

test('nothing is said without live migration, dirty rate or link, or of a VM that is kept on its host', () => {
  assert.deepEqual(said(RULE, plan({})), []);
  assert.deepEqual(said(RULE, plan({ dirty: ' dirty 1 GB/s', features: 'ha' })), []);
  assert.deepEqual(said(RULE, plan({ dirty: ' dirty 1 GB/s' }).replace('nic nic1 8 Gbps', 'nic nic1')), []);
  assert.deepEqual(said(RULE, plan({ dirty: ' dirty 1 GB/s', more: '\nkeep cache on esx-1' })), []);
});

test('a stated working set leaves it to the rule of the pause', () => {
  assert.deepEqual(said(RULE, plan({ dirty: ' dirty 2 GB/s working-set 100 MiB' })), []);
});

test('the fix takes a limit off that makes the copy slow, and is none where the link is', () => {
  const limited = plan({ dirty: ' dirty 300 MB/s', service: ' limit 2 Gbps' });
  assert.equal(mended(RULE, limited), plan({ dirty: ' dirty 300 MB/s' }));
  assert.deepEqual(found(RULE, plan({ dirty: ' dirty 900 MB/s' }))[0]?.fixes(), []);
});
