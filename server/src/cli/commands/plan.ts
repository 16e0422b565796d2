import { type Course, partOf } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { distinctName, type Entity, entityId } from '../../design/declaration.ts';
import { apply } from '../../ide/fixing.ts';
import { type PlanOptions, planForWish } from '../../ide/plans/ask.ts';
import { openClusters } from '../../ide/plans/cluster-tasks.ts';
import type { Planned } from '../../ide/plans/make.ts';
import { type PlanWish, thingNamed, WISH_KINDS, type WishKind } from '../../ide/plans/wish.ts';
import type { Project } from '../../ide/workspace.ts';
import { nearest } from '../../language/values/nearest.ts';
import { attend } from '../attend.ts';
import { diffOf, saveChanged, textsOf } from '../changes.ts';
import { type Command, oneOf, readArgs } from '../command.ts';
import { type Loaded, loadDesigns } from '../designs.ts';
import { STDIN, statOf } from '../files.ts';
import { text } from '../formats/json.ts';
import { type PlanOutcome, planJson, planPretty } from '../formats/plan.ts';
import { EXIT, UsageError } from '../io.ts';

/** Version of the JSON; a new one says that a field has changed its meaning or gone. New fields come without one. */
const PLAN_JSON_VERSION = 1;

/** Kinds of plan that name what they are about before the file. */
const NAMED: Readonly<Partial<Record<WishKind, string>>> = { evacuate: 'host', fit: 'class' };

export const planCommand: Command = {
  name: 'plan',
  usage: `plan ${WISH_KINDS.map((kind) => (NAMED[kind] ? `${kind} <${NAMED[kind]}>` : kind)).join('|')} <file> [--cluster name] [--write] [--format pretty|json]`,
  summary: 'plan moves of VMs, proven on the design, with what each costs',
  options: [
    ['rebalance', 'hosts as evenly loaded as moves can make them, in CPU, memory, vCPUs, network'],
    ['evacuate', 'a host without VMs, for maintenance'],
    ['failover', 'what is left takes in the loss that `failover` names, or that of one host'],
    ['spread', 'what must be apart is, and replicas are spread over hosts'],
    ['place', 'VMs of the pool, and those that run nowhere, get their hosts'],
    ['fit', 'how many more VMs of a class find room; with --count, declares and places them'],
    ['consolidate', 'as few hosts as can carry everything, and what that saves'],
    ['migrate', 'physical servers that no wave moves get one of those that state a window'],
    ['--cluster', 'only this cluster; all of them one after the other when not given'],
    ['--count', 'with fit: how many VMs to add'],
    ['--most-moves', 'with rebalance: the most VMs that may move, or any; a tenth of them when not given'],
    ['--accept-warnings', 'hosts may come to where rules warn, but not to where they speak of an error'],
    ['--write', 'write the moves into the files; without it they are shown as a diff'],
    ['--format', 'pretty (for people, the default) or json'],
    ['Ctrl+C', 'ends the search and shows the best plan so far, which is not written; again, ends at once'],
    [
      'exit code',
      '0 there is a plan or nothing to do, 1 there is no way, 2 something could not be read or written, 130 stopped',
    ],
  ],
  run: async (args, io) => {
    const { values, positionals } = readArgs(args, {
      cluster: { type: 'string' },
      count: { type: 'string' },
      'most-moves': { type: 'string' },
      'accept-warnings': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      format: { type: 'string', default: 'pretty' },
    });
    const [word, ...rest] = positionals;
    if (word === undefined) throw new UsageError(`say what to plan: ${WISH_KINDS.join(', ')}`);
    const kind = oneOf('the plan', word, WISH_KINDS);
    const what = NAMED[kind];
    const name = what === undefined ? undefined : rest.shift();
    const [file, ...more] = rest;
    if (file === undefined) throw new UsageError(what ? `name a ${what}, then a design` : 'name one design');
    if (more.length > 0) throw new UsageError(`"${more[0]}" is one argument too many`);
    const format = oneOf('--format', values.format, ['pretty', 'json']);
    if (values.write && file === STDIN && format === 'json')
      throw new UsageError('standard output cannot hold both the text and JSON; leave out --write or --format');
    const mostMoves = values['most-moves'] === undefined ? undefined : movesIn(values['most-moves'], kind);
    const count = values.count === undefined ? undefined : countIn(values.count, kind);
    if (file !== STDIN && (await statOf(io, file)).isDirectory())
      throw new UsageError(`${file} is a folder; name one design`);
    const loaded = await loadDesigns(io, [file]);
    for (const reason of loaded.unreadable) io.err(`vdc plan: ${reason}\n`);
    const [project] = loaded.projects;
    if (!project) return EXIT.failed;
    const before = textsOf(loaded);
    if (values.cluster !== undefined && (kind === 'evacuate' || kind === 'migrate'))
      throw new UsageError(`--cluster does not go with vdc plan ${kind}`);
    const wishes = wishesFor(project, kind, name, values.cluster, count);
    const options: PlanOptions = { acceptsWarnings: values['accept-warnings'], mostMoves };
    const { value: outcomes, wasStopped } = await attend(io, 'vdc plan', (course) =>
      planAll(loaded, project, wishes, { ...options, course }),
    );
    const writes = values.write && !wasStopped;
    const say = values.write && file === STDIN ? io.err : io.out;
    say(
      format === 'json'
        ? text({ version: PLAN_JSON_VERSION, kind, isWritten: writes, plans: outcomes.map(planJson) })
        : planPretty(outcomes, writes, io),
    );
    if (writes) await saveChanged(io, loaded, before);
    if (wasStopped) return EXIT.stopped;
    return outcomes.some(({ planned }) => planned.kind === 'no-plan') ? EXIT.findings : EXIT.ok;
  },
};

/** @throws UsageError for what is no number of VMs */
function countIn(text: string, kind: WishKind): number {
  if (kind !== 'fit') throw new UsageError('--count is for vdc plan fit');
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`--count is a number from 1 to 9999, not "${text}"`);
  return Number(text);
}

/** @throws UsageError for what is no number of moves */
function movesIn(text: string, kind: WishKind): number | 'any' {
  if (kind !== 'rebalance') throw new UsageError('--most-moves is for vdc plan rebalance');
  if (text === 'any') return text;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--most-moves is a number from 1 on, or any, not "${text}"`);
  return Number(text);
}

interface Wished {
  readonly subject: string;
  readonly wish: PlanWish;
}

/** What is asked for, once for each cluster that it is about. @throws UsageError for names that the design does not have */
function wishesFor(
  { design }: Project,
  kind: WishKind,
  name: string | undefined,
  clusterName: string | undefined,
  count: number | undefined,
): readonly Wished[] {
  if (kind === 'migrate') return [{ subject: design.plan()?.name ?? 'the design', wish: { kind } }];
  if (kind === 'evacuate') {
    const host = thingNamed(design, 'host', name ?? '');
    if (!host) throw new UsageError(unknown('host', name ?? '', design.names.declared('host')));
    return [{ subject: host.name, wish: { kind, host: entityId(host) } }];
  }
  if (kind === 'fit' && !design.names.declaredClasses('vm').includes(name ?? ''))
    throw new UsageError(unknown('class of VMs', name ?? '', design.names.declaredClasses('vm')));
  const named = clusterName === undefined ? undefined : thingNamed(design, 'cluster', clusterName);
  if (clusterName !== undefined && !named)
    throw new UsageError(unknown('cluster', clusterName, design.names.declared('cluster')));
  const clusters = named ? [named] : [...design.members('cluster')];
  if (clusters.length === 0) throw new UsageError('the design has no cluster');
  // What runs nowhere goes to the cluster that is named, or to the only one that takes VMs.
  const open = kind === 'place' ? openClusters(design) : [];
  const isMeant = (cluster: Entity) => named === cluster || (open.length === 1 && open[0] === cluster);
  return clusters.map((cluster): Wished => {
    const id = entityId(cluster);
    if (kind === 'fit')
      return { subject: distinctName(cluster), wish: { kind, cluster: id, className: name ?? '', count } };
    if (kind === 'place')
      return { subject: distinctName(cluster), wish: { kind, cluster: id, poolOnly: !isMeant(cluster) } };
    return { subject: distinctName(cluster), wish: { kind, cluster: id } };
  });
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const [meant] = nearest(name, known);
  const some = known.slice(0, 5).join(', ');
  const hint = meant ? `did you mean ${meant}?` : known.length > 0 ? `there is ${some}` : 'there is none';
  return `there is no ${what} "${name}"; ${hint}`;
}

/** Makes plan after plan, each on what the one before leaves. */
function* planAll(
  loaded: Loaded,
  project: Project,
  wishes: readonly Wished[],
  options: PlanOptions & { readonly course: Course },
): Steps<readonly PlanOutcome[]> {
  const { workspace, fileName } = loaded;
  const outcomes: PlanOutcome[] = [];
  for (const [index, { subject, wish }] of wishes.entries()) {
    const course = partOf(options.course, index / wishes.length, (index + 1) / wishes.length);
    const planned: Planned = yield* planForWish(workspace, project, wish, { ...options, course });
    const edits = planned.kind === 'plan' ? planned.edits : [];
    const diff = diffOf(edits, (uri) => workspace.text(uri) ?? '', fileName);
    apply(workspace, edits);
    outcomes.push({ subject, planned, diff });
  }
  return outcomes;
}
