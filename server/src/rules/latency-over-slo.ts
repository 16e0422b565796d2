import { formatDuration } from '../base/units.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { type Exchange, exchangesOf } from '../capacity/latency.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { clauseIn } from './shared/anchor.ts';

interface Late {
  readonly slo: Stated;
  readonly budget: number;
  readonly share: Figure;
  readonly worst: Exchange;
}

export const latencyOverSlo = defineRule<Late>({
  id: 'latency-over-slo',
  title: 'Round trips between applications use up the response time',
  painPoint: 'application-awareness',
  owners: ['network', 'application'],
  benefit: 'Pages answer in time although parts of them come from far away',
  why: 'A request that asks another application several times, one after the other, waits for every round trip. Between two hosts of a site that is nothing; between sites it may be the whole budget. The nearest VM of the other application counts. Nothing is said while the sites of the VMs, the link between them or the number of round trips are unknown.',
  formula: 'Σ rounds × round trip to the nearest VM asked ÷ latency of the SLO',
  inputs: [
    'app.slo',
    'app.depends-on',
    'app.members',
    'site.rtt',
    'wan.rtt',
    'wan.between',
    'host.runs',
    'host.at',
    'cluster.at',
  ],
  limitOf: 'share of the response time that round trips take',
  limitUnit: 'share',
  limits: { warning: 0.5, error: 1 },
  source: { text: 'our choice: half of the time for the network leaves half for the work', evidence: 'ours' },
  covers: ['AA06'],
  of: 'app',
  unmendable: 'It takes another place for one of the two ends, or other terms.',
  examples: {
    fires: {
      text: `site berlin
site denver
wan link between berlin, denver { rtt 128 ms }
cluster b at berlin { host b-1 { runs web } }
cluster d at denver { host d-1 { runs login } }
app shop { slo latency 250 ms; depends-on identity rounds 2; vm web }
app identity { vm login }`,
    },
    silent: {
      text: `site berlin
site denver
wan link between berlin, denver { rtt 128 ms }
cluster b at berlin { host b-1 { runs web, login } }
cluster d at denver { host d-1 }
app shop { slo latency 250 ms; depends-on identity rounds 2; vm web }
app identity { vm login }`,
    },
  },
  find: (app, limits) => {
    const slo = propsOf(app).withClause('slo', 'latency');
    const budget = slo && clauseNumber(slo, 'latency')?.value;
    const exchanges = exchangesOf(app);
    const [worst] = [...exchanges].sort((a, b) => b.time - a.time);
    if (!slo || !budget || !worst) return [];
    const inputs = exchanges.map(
      ({ to, time, rounds, rtt }): Figure =>
        derivedFigure(`waiting for ${to.name}`, 'time', time, `${rounds} × ${formatDuration(rtt)}`, []),
    );
    const time = inputs.reduce((sum, input) => sum + input.value, 0);
    const share = derivedFigure('round trips', 'share', time / budget, 'Σ rounds × round trip ÷ latency', inputs);
    return grade(share.value, limits) ? [{ slo, budget, share, worst }] : [];
  },
  say: ({ slo, budget, share, worst }, limits, app) => ({
    severity: grade(share.value, limits) ?? 'warning',
    message: `Round trips take ${formatFigure(share)} of the ${formatDuration(budget)} in which ${app.name} should answer: ${worst.vm.name} asks ${worst.to.name} ${worst.rounds} times over ${formatDuration(worst.rtt)}. Bring them to one site, or ask less often.`,
    at: worst.by,
    span: clauseIn(worst.by, 'rounds').span,
    figures: [share],
    related: [
      {
        at: slo,
        span: clauseIn(slo, 'latency').span,
        message: `${app.name} should answer in ${formatDuration(budget)}`,
      },
    ],
  }),
});
