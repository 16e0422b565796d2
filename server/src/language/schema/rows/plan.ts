import { block, row, type SchemaPart } from '../define.ts';

/** The plan as a whole, its people and its tools. */
export const plan: readonly SchemaPart[] = [
  block('import', 'TEXT · as NAME', ['file'], 'reads another file, relative path', []),
  block(
    'source',
    '(rvtools proxmox hyper-v azure-migrate libvirt live-optics nutanix govc openstack netbox ganeti) · file TEXT · taken DATE',
    ['file'],
    "where this file's facts came from",
    [],
  ),
  block('design', 'NAME', ['file'], 'the plan as a whole', [
    row('as-of', 'DATE', '–: age checks silent', 'the day that ages and expiries are judged by; there is no clock'),
    row('currency', 'CODE', 'that of the only one used', 'currency of totals'),
    row('exchange*', 'CODE · at MONEY', '–', 'other currencies'),
    row('horizon', 'TIME', '36 months, ours', 'how far forecasts look'),
    row('budget*', '· capex MONEY · opex COST · year N', '–', 'keyed by year; without it, all years'),
    row('discount', 'GROWTH', '–', 'interest for net present value'),
    row('baseline', 'COST', 'sum over server', 'running cost of what is replaced'),
    row('maturity', 'N', '–', 'stage of the virtual data centre that is aimed at, 1 to 5'),
  ]),
  block('team', 'NAME', ['file'], 'an IT group', [
    row(
      'role',
      '(network application server storage management other)',
      'its name, if one of these',
      "the paper's group it stands for",
    ),
    row('staff', 'N', '–', 'administrators'),
    row('contact+', 'TEXT', '–', 'where alerts go'),
    row('training', 'N x MONEY', '–', 'people to train, price each'),
    row(
      'budget*',
      '· capex MONEY · opex COST · year N',
      '–',
      'for itself and what it owns; keyed by year; without it, all years',
    ),
    row('ratio', '· vms N · hosts N', '–', 'what one administrator can look after'),
  ]),
  block('tool', 'NAME', ['file'], 'a management or monitoring tool, a pane of glass', [
    row('covers+', 'KIND REFS', '–', 'what it sees; also hypervisor, uplink, port'),
    row('measures', '(device agent wire)+', 'device', 'where it measures'),
    row('alerts+', '→team+', '–', 'whom it calls'),
  ]),
];
