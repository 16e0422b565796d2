import { block, row, type SchemaPart } from '../define.ts';

/** Sites, racks and the links between sites. */
export const facility: readonly SchemaPart[] = [
  block('site', 'NAMES', ['file'], 'a physical data centre', [
    row('tariff', 'TARIFF', '–', 'energy price'),
    row('pue', 'DEC', '1.58, recalled', 'power usage effectiveness'),
    row('feed', 'WATT', '–', 'power available to IT'),
    row('rtt', 'TIME', '0.2 ms, ours', 'between two hosts of the site'),
    row('timezone', 'UTC', 'utc', 'for windows'),
  ]),
  block('rack', 'NAMES · at →site', ['file', 'site'], 'a cabinet', [
    row('height', 'N U', '42 U, ours', 'usable rack units'),
    row('feed', 'WATT', '–', 'power available to the rack'),
  ]),
  block('wan', 'NAMES · between →site+', ['file'], 'a link between sites', [
    row('speed', 'RATE', '–', 'each direction'),
    row('rtt', 'TIME', '–', 'round trip'),
    row('loss', 'PCT', '–', 'packets lost'),
    row('share', 'PCT', '100 %, ours', 'usable for moves and replication'),
    row('streams', 'N', '1', 'parallel TCP streams of a transfer'),
    row('tcp-window', 'SIZE', '–: bound left out', 'window of one stream; bounds it by window / rtt'),
  ]),
];
