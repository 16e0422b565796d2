import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatDate } from '../../server/src/base/dates.ts';
import { isUnder, liesIn } from '../../server/src/capacity/platforms/facts.ts';
import {
  balancingSeesNetwork,
  editionOf,
  maximaOf,
  PLATFORMS,
  supportOf,
} from '../../server/src/capacity/platforms/index.ts';
import { KINDS } from '../../server/src/language/schema/schema.ts';

describe('platform facts', () => {
  test('versions are compared number by number', () => {
    assert.equal(liesIn('6.10', { from: '6.5' }), true);
    assert.equal(liesIn('6.5.0', { before: '6.5' }), false);
    assert.equal(liesIn('2012-r2', { from: '2012', before: '2016' }), true);
    assert.equal(liesIn(undefined, { from: '7' }), undefined);
    assert.equal(liesIn(undefined, {}), true);
    assert.equal(liesIn('golden', { from: '7' }), undefined);
  });

  test('8.0.2 and 8.0U3 are versions of 8.0, 8.1 is not', () => {
    assert.deepEqual(
      ['8.0.2', '8.0U3', '8', '8.1', '8.1U2', '18.0'].map((version) => isUnder(version, '8.0')),
      [true, true, true, false, false, false],
    );
  });

  test('each fact says where it comes from', () => {
    for (const platform of PLATFORMS) {
      const facts = [
        platform,
        ...platform.features,
        ...platform.balancing,
        ...platform.slowsWriters,
        ...platform.maxima,
        ...platform.support,
      ];
      for (const { source, evidence } of facts) {
        assert.notEqual(source.trim(), '');
        assert.match(evidence, /^(verified|recalled)$/);
      }
    }
  });

  test('each platform, feature and edition is one that the language can say', () => {
    const words = (kind: string, word: string) => KINDS.get(kind)?.properties.get(word)?.notation ?? '';
    const known = new Set([...words('cluster', 'features').matchAll(/[a-z-]+/g)].map(([word]) => word));
    for (const platform of PLATFORMS) {
      assert.match(words('host', 'hypervisor'), new RegExp(`[( ]${platform.hypervisor}[ )]`));
      for (const feature of [
        ...platform.editions.flatMap(({ grants }) => grants),
        ...platform.features.map((f) => f.feature),
      ])
        assert.ok(known.has(feature) || feature === 'drs' || feature === 'evc', feature);
    }
  });

  test('each day of the end of support can be read', () => {
    for (const { hypervisor, support } of PLATFORMS) {
      for (const { version, until } of support) {
        const found = supportOf({ hypervisor, version });
        assert.equal(found && formatDate(found.until), until);
      }
    }
  });

  test('what is not listed is not known', () => {
    assert.equal(editionOf('esxi', 'essentials', '9.0'), undefined);
    assert.ok(editionOf('esxi', 'essentials', undefined));
    assert.equal(maximaOf({ hypervisor: 'esxi', version: undefined }), undefined);
    assert.equal(maximaOf({ hypervisor: 'esxi', version: '8.0.2' })?.hostsPerCluster, 96);
    assert.equal(supportOf({ hypervisor: 'proxmox', version: '9.0' }), undefined);
    assert.equal(balancingSeesNetwork({ hypervisor: 'esxi', version: '6.0' }), false);
    assert.equal(balancingSeesNetwork({ hypervisor: 'esxi', version: '8.0' }), true);
    assert.equal(balancingSeesNetwork({ hypervisor: 'bhyve', version: '1' }), undefined);
  });
});
