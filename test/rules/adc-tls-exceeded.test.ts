import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'adc-tls-exceeded';
const adc = (tls: number, rest = 'tps 1_000/s') => `network lan
adc lb { networks lan; ${rest} }
app shop { members a; vip 10.0.0.1 on lan via lb }
app forum { members b; vip 10.0.0.2 on lan via lb }
vm a { demand tls ${tls}/s }
vm b { demand tls 300/s }`;

test('four fifths are silent, more a warning, more than it takes an error', () => {
  assert.deepEqual(said(rule, adc(500)), []);
  assert.deepEqual(said(rule, adc(501)), [
    'warning: shop and forum open 801 TLS connections a second through lb, which takes 1000. At the peak new users wait. Move an application to another ADC, or license more.',
  ]);
  assert.match(said(rule, adc(700))[0] ?? '', /^warning/);
  assert.match(said(rule, adc(701))[0] ?? '', /^error/);
});

test('what it takes is not stated, or the application is elsewhere', () => {
  assert.deepEqual(said(rule, adc(5_000, 'note "tps unknown"')), []);
  assert.deepEqual(said(rule, adc(5_000).replace('members a; vip 10.0.0.1 on lan via lb', 'members a')), []);
  assert.deepEqual(said(rule, adc(5_000).replace('vm a {', 'vm a { state off;')), []);
});

test('a larger ADC mends it, just as large as the limit asks', () => {
  assert.match(mended(rule, adc(700)), /tps 1_250\/s/);
});
