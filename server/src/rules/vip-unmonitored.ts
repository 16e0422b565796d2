import { addClause } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Unmonitored {
  readonly by: Stated;
  readonly address: string;
}

export const vipUnmonitored = defineRule<Unmonitored>({
  id: 'vip-unmonitored',
  title: 'Virtual address sends users to VMs that nothing checks',
  painPoint: 'application-awareness',
  owners: ['network', 'application'],
  benefit: 'Users are led around a VM that moves, restarts or fails',
  why: 'A delivery controller that does not ask its pool members how they are goes on sending users to one that is being moved, is restarting or has hung. A VM that answers pings need not serve its application. Nothing is said of an address that is no pool behind a controller.',
  formula: 'a vip with a pool or a controller, and no monitor',
  inputs: ['app.vip'],
  severity: 'warning',
  source: { text: 'common practice of application delivery', evidence: 'ours' },
  covers: ['AA02'],
  of: 'app',
  examples: {
    fires: {
      text: `network web { subnet 10.1.10.0/24 }
adc lb { networks web }
app shop { vip 10.1.10.50 on web via lb pool web-[1..2]; vm web-[1..2] { nic web } }`,
    },
    silent: {
      text: `network web { subnet 10.1.10.0/24 }
adc lb { networks web }
app shop { vip 10.1.10.50 on web via lb pool web-[1..2] monitor "GET /health"; vm web-[1..2] { nic web } }`,
    },
  },
  find: (app) =>
    propsOf(app)
      .keyed('vip', (sentence) => String(sentence.subject?.from))
      .flatMap((by) => {
        const { clauses, subject, statement } = by.sentence;
        const isPool = clauses.has('pool') || clauses.has('via');
        const address = statement.args[0]?.text;
        return isPool && !clauses.has('monitor') && subject && address ? [{ by, address }] : [];
      }),
  say: ({ by, address }, _limits, app) => ({
    severity: 'warning',
    message: `${address} of ${app.name} has no monitor: users are still sent to a VM that is moving, restarting or hung. State how its members are checked, for example monitor "GET /health".`,
    at: by,
    span: subjectOf(by).span,
  }),
  fix: ({ by }) => [
    {
      title: 'Monitor the members by opening a connection',
      edits: addClause(by, 'monitor "TCP connect"'),
      isPreferred: true,
    },
  ],
});
