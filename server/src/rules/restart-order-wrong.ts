import { circleOf, dependenciesOf, isLater, type Restart, restartOf } from '../capacity/restart.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody, replaceAt } from '../design/edits.ts';
import { inTextOrder } from '../design/order.ts';
import type { Stated } from '../design/props.ts';
import { itemNaming } from '../design/reference-text.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { nameOf } from './shared/anchor.ts';
import { oneOf } from './shared/wording.ts';

interface Wrong {
  readonly by: Stated;
  readonly to: Entity;
  readonly cause:
    | { readonly kind: 'later'; readonly own: Restart; readonly theirs: Restart; readonly isOfVms: boolean }
    | { readonly kind: 'circle'; readonly circle: readonly Entity[] };
}

export const restartOrderWrong = defineRule<Wrong>({
  id: 'restart-order-wrong',
  title: 'An application starts before what it depends on',
  painPoint: 'application-awareness',
  owners: ['application', 'server'],
  benefit: 'After a failure applications come back in an order in which they work',
  why: 'High availability restarts VMs by priority and knows nothing of what they do. A shop that is up before its database fails its first users, or gives up. Judged by what `restart` states, the first VM of each application; without any, all start together and nothing is said. That applications depend on each other in a circle may be right while they run, but there is no order in which to start them.',
  formula: 'rank of `restart` of what it depends on > its own rank (highest, high, medium, low, lowest, never)',
  inputs: ['app.depends-on', 'app.restart', 'vm.restart', 'app.members'],
  severity: 'warning',
  source: { text: 'what the words of the design mean', evidence: 'ours' },
  covers: ['AA07'],
  of: 'app',
  examples: {
    fires: {
      text: `app shop { depends-on orders; restart high; vm web }
app orders { restart low; vm db }`,
    },
    silent: {
      text: `app shop { depends-on orders; restart high; vm web }
app orders { restart highest; vm db }`,
    },
  },
  find: (app) => {
    const found: Wrong[] = [];
    const own = restartOf(app);
    const circle = circleOf(app);
    for (const { to, by } of dependenciesOf(app)) {
      const theirs = restartOf(to);
      if (own && theirs && isLater(theirs.restart, own.restart)) {
        const { restart, isOfVms } = theirs;
        found.push({ by, to, cause: { kind: 'later', own: own.restart, theirs: restart, isOfVms } });
      } else if (circle && circle[1 % circle.length] === to && inTextOrder([...circle])[0] === app) {
        found.push({ by, to, cause: { kind: 'circle', circle } });
      }
    }
    return found;
  },
  say: ({ by, to, cause }, _limits, app) => {
    const theirs = cause.kind === 'later' ? (propsOf(to).one('restart') ?? to.declaration.head()) : undefined;
    return {
      severity: cause.kind === 'later' ? 'warning' : 'info',
      message: cause.kind === 'later' ? laterMessage(app, to, cause) : circleMessage(cause.circle),
      at: by,
      span: itemNaming(by, to),
      related: [
        ...(theirs ? [{ at: theirs, message: `when ${to.name} starts` }] : []),
        ...(cause.kind === 'circle' ? cause.circle.slice(1) : []).flatMap((other) => {
          const at = nameOf(other);
          return at ? [{ ...at, message: `${other.name} is part of it` }] : [];
        }),
      ],
    };
  },
  fix: ({ to, cause }) => {
    if (cause.kind !== 'later' || cause.isOfVms) return [];
    const stated = propsOf(to).one('restart');
    const part = stated?.sentence.subject?.parts[0];
    const head = to.declaration.head();
    const edits =
      stated && part ? replaceAt(stated.place, part, cause.own) : head ? addToBody(head, `restart ${cause.own}`) : [];
    return edits.length > 0
      ? [{ title: `Restart ${to.name} with priority ${cause.own}`, edits, isPreferred: true }]
      : [];
  },
});

function laterMessage(app: Entity, to: Entity, { own, theirs }: { readonly own: Restart; readonly theirs: Restart }) {
  const late = theirs === 'never' ? `${to.name} is never restarted` : `${to.name} follows with priority ${theirs}`;
  return `After a host failure ${app.name} starts with priority ${own} and depends on ${to.name}, but ${late}: it comes up without what it needs. Restart ${to.name} with priority ${own} or before.`;
}

function circleMessage(circle: readonly Entity[]): string {
  const [app] = circle;
  if (circle.length === 1)
    return `${app?.name} depends on itself, so no order of starting satisfies it. Take that out.`;
  const names = circle.map(({ name }) => name);
  const way = circle.length > 5 ? `${names.slice(0, 4).join(', ')} and ${circle.length - 4} more` : names.join(', ');
  return `${way} depend on each other in a circle, so there is no order in which they can be restarted. Say which of ${oneOf(names.slice(0, 4))} can start alone: take out one depends-on.`;
}
