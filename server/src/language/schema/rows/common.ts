import { block, group, row, type SchemaPart } from '../define.ts';

/** What every kind shares, and the statements that act on other blocks. */
export const common: readonly SchemaPart[] = [
  group(['any'], 'common to all kinds', [
    row('owner+', '→team+', "enclosing block's", 'who answers for it; two owners can be stated, and are a finding'),
    row('note+', 'TEXT', '–', 'remark for hover and report'),
    row('model', 'TEXT', '–', "vendor's product name"),
    row('tags+', 'WORD+', '–', 'free labels for filters'),
    row('id', 'TEXT', '–', 'key in the system it was imported from; joins re-imports'),
    row('alias+', 'WORD+', '–', 'other names inventories use for it'),
    row('cost+', 'COST · for TEXT', '–', 'paid once (capex) or per time (opex): the unit tells which'),
    row('from', 'DATE', 'always', 'exists from this day'),
    row('until', 'DATE', '–', 'expires, is retired, or lease ends'),
    row('ignore*', 'RULE+ · because TEXT · until DATE', '–', 'silences rules here and inside; because is required'),
  ]),
  group(['design', 'site', 'cluster', 'app', 'network', 'datastore', 'vm'], 'nearest one wins', [
    row(
      'growth',
      '· vms GROWTH · cpu GROWTH · memory GROWTH · disk GROWTH · net GROWTH · sessions GROWTH',
      '–: forecasts silent',
      'expected growth from as-of on; vms is their number, of the same mix; the others are what each asks for, disk what a datastore holds',
    ),
  ]),
  group(['vm', 'host', 'cluster', 'server', 'datastore', 'array', 'wan', 'network'], 'facts seen in operation', [
    row(
      'measured',
      '· cpu FREQ or PCT · ready PCT · memory SIZE or PCT · active SIZE or PCT · consumed SIZE · ballooned SIZE · swapped SIZE · net RATE · tx RATE · rx RATE · iops N · reads PCT · throughput RATE · latency TIME · dirty RATE · used SIZE · taken DATE · over TIME · as (average p95 p99 peak)',
      '–',
      'what was observed; feeds a check where demand is silent',
    ),
  ]),
  block('class', 'KIND NAME · : →class+', ['file'], 'a named bundle of properties of one kind', []),
  block('amend', '[class] KIND REFS · : →class+', ['file'], 'adds to or overrides what is declared elsewhere', []),
  block(
    'assume',
    'KIND',
    ['file', 'site', 'cluster', 'app'],
    'values for that kind where nothing is stated; shown as assumed',
    [],
  ),
  block('policy', '', ['file', 'site', 'cluster', 'app'], 'limits and severities; nearest one wins, rule by rule', [
    row(
      'RULE*',
      '· info LIMIT · warn LIMIT · error LIMIT · severity (info warn error) · off',
      "rule's own",
      'a rule by its id: limits, fixed severity, or off',
    ),
    row('powered-off', '(count ignore)', 'ignore', 'whether powered-off VMs count as demand'),
  ]),
];
