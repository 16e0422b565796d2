import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  batchTime,
  DEFAULT_CONVERSION_RATE,
  transferableSize,
  transferTime,
  wanRate,
} from '../../../server/src/capacity/models/transfer.ts';
import { near } from './near.ts';

const GIB = 2 ** 30;

describe('one transfer', () => {
  test('500 GiB at the default rate take 115.5 minutes; 110 count a megabit as 2^20 bits', () => {
    near((transferTime(500 * GIB, DEFAULT_CONVERSION_RATE) ?? 0) / 60, 115.5, 1e-3);
    near((transferTime(500 * GIB, 620 * 2 ** 20) ?? 0) / 60, 110.1, 1e-3);
  });

  test('a share of the link takes longer', () => {
    near(transferTime(1e9, 8e9, 0.25), 4);
    assert.equal(transferTime(0, 8e9), 0);
  });

  test('what a window can carry is the inverse', () => {
    near(transferTime(transferableSize(3600, 1e9, 0.5), 1e9, 0.5), 3600);
    assert.equal(transferableSize(undefined, 1e9), undefined);
  });

  test('unknown in, unknown out', () => {
    assert.equal(transferTime(undefined, 1e9), undefined);
    assert.equal(transferTime(1e9, undefined), undefined);
    assert.equal(transferTime(1e9, 0), undefined);
  });
});

describe('a batch', () => {
  test('shares the path', () => near(batchTime([1e9, 1e9, 2e9], { rate: 8e9, parallel: 2 }), 4));

  test('is held back by what one transfer reaches', () => {
    near(batchTime([1e9, 1e9], { rate: 8e9, parallel: 2, perTransfer: 1e9 }), 8);
    near(batchTime([1e9, 1e9], { rate: 8e9, parallel: 1, perTransfer: 1e9 }), 16);
  });

  test('is never faster than its largest part', () => {
    near(batchTime([4e9, 1e6], { rate: 8e9, parallel: 4, perTransfer: 2e9 }), 16);
  });

  test('of nothing takes no time', () => assert.equal(batchTime([], { rate: 8e9 }), 0));

  test('is unknown with an unknown size or path', () => {
    assert.equal(batchTime([1e9, undefined], { rate: 8e9 }), undefined);
    assert.equal(batchTime([1e9], { rate: undefined }), undefined);
    assert.equal(batchTime([1e9], { rate: 8e9, share: 0 }), undefined);
  });
});

describe('a WAN', () => {
  test('is bound by the link where nothing else is known', () => {
    assert.deepEqual(wanRate({ rate: 1e9, share: 0.5 }), { rate: 5e8, bound: 'link' });
  });

  test('is bound by the window over the round trip', () => {
    const path = { rate: 1e9, rtt: 0.05, window: 65_536 };
    const one = wanRate(path);
    assert.equal(one?.bound, 'window');
    near(one?.rate, 10_485_760);
    near(wanRate({ ...path, streams: 8 })?.rate, 83_886_080);
    assert.equal(wanRate({ ...path, rtt: 0 })?.bound, 'link');
  });

  test('is bound by loss', () => {
    const one = wanRate({ rate: 1e9, rtt: 0.05, loss: 0.0001 });
    assert.equal(one?.bound, 'loss');
    near(one?.rate, (1460 * 8 * 1.2247449) / (0.05 * 0.01));
    assert.equal(wanRate({ rate: 1e9, rtt: 0.05, loss: 0 })?.bound, 'link');
  });

  test('is unknown if its link is', () => assert.equal(wanRate({ rate: undefined, rtt: 0.05 }), undefined));
});
