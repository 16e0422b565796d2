import { block, row, type SchemaPart } from '../define.ts';

/** What is converted, moved, saved and licensed. */
export const operations: readonly SchemaPart[] = [
  block('server', 'NAMES · : →class+ · at →site,rack · in →app', ['file'], 'physical server to be converted', [
    row(
      'cpu',
      '[N x] N cores [FREQ] · model TEXT · vendor (intel amd arm) · generation WORD · numa N',
      '–',
      'sockets, cores, clock',
    ),
    row('memory', 'SIZE', '–', 'installed RAM'),
    row('disk*', '[NAME] SIZE · used SIZE', '–', 'local disk and what is used of it'),
    row('nic*', '[NAMES] [N x] [RATE] · card WORD · sriov', '–', 'its own, unshared bandwidth'),
    row('os', 'WORD or TEXT', '–', 'system today'),
    row('power', 'WATT..WATT', '–', 'idle .. full'),
    row('height', 'N U', '–', 'rack units freed'),
  ]),
  block('wave', 'NAME', ['file'], 'a batch of conversions or moves', [
    row('moves+', '→server,vm,app+', '–', 'what is converted or moved'),
    row('to', '→cluster,host,datastore', '–', 'where it goes'),
    row('via', '→network,wan', 'migration service', 'the path the data takes'),
    row('method', '(cold warm live replicate)', 'cold', 'off, pre-copied, live, or by replication'),
    row('parallel', 'N', '1', 'transfers at once'),
    row('speed', 'RATE', '620 Mbps where links are unknown', 'conversion rate per transfer, if known'),
    row('share', 'PCT', '100 %, ours', 'of the link'),
    row('window', 'WINDOW', '–', 'when it may run'),
    row('after+', '→wave+', '–', 'waves that come first'),
    row('agreed-by+', '→team+', '–', 'teams that have agreed to it, beside its owner'),
  ]),
  block('backup', 'NAME', ['file'], 'a backup job', [
    row('covers+', 'KIND REFS', '–', 'what is saved'),
    row('method', '(full incremental)', 'full', 'what a run copies'),
    row('change', 'GROWTH', '–', '5 %/day'),
    row('window', 'WINDOW', '–', 'when it must be done'),
    row('retain', 'N copies or TIME', '–', 'how long copies are kept'),
    row('to', '→datastore,array', '–', 'repository'),
    row('via', '→network,wan', '–', 'the path the data takes'),
    row('parallel', 'N', '1', 'streams at once'),
  ]),
  block('licence', 'NAME', ['file'], 'a priced right to run something', [
    row('product', 'WORD · edition WORD', '–', 'esxi, windows-server, oracle-db, …'),
    row('cost+', 'FEE · for TEXT', '–', 'per core, socket, host, vm or in all; once or per time'),
    row('minimum', '· per-socket N · per-host N · per-order N', "product's", 'cores charged at least'),
    row('vms', 'N or unlimited', '–', 'guests one full set covers'),
    row('owned', 'N (cores sockets hosts vms)', '–', 'already bought'),
    row('grants+', 'WORD+', "edition's", 'features it unlocks'),
    row('on+', '→host,cluster+', '–', 'where it may be used'),
  ]),
];
