import type { Course } from '../../base/course.ts';
import { compareDates, windowLength } from '../../base/dates.ts';
import type { Steps } from '../../base/steps.ts';
import { formatDuration, formatQuantity } from '../../base/units.ts';
import { exists } from '../../capacity/exists.ts';
import { type JobTime, waveTimeBeside } from '../../capacity/jobs.ts';
import { vmFacts } from '../../capacity/vm.ts';
import { appOfThing, waveOf } from '../../capacity/waves.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { addToBody, type FileEdit } from '../../design/edits.ts';
import { propsOf, referred } from '../../design/things.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';
import type { Project, Workspace } from '../workspace.ts';
import { consequencesOf, type Saying } from './consequences.ts';
import { bestUntilThen, EMPTY_PLAN, endedEarly, noPlan, type Plan, type Planned, type WaveLoad } from './make.ts';

/** What people settle once it is known what moves when, and no other choice of waves would spare them. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['wave-not-agreed']);

/** Findings that say that a wave cannot do what it should, warnings or not. */
const FORBIDDING: ReadonlySet<string> = new Set([
  'wave-window-missed',
  'move-target-network-full',
  'storage-move-impossible',
]);

/** Servers that move as one where a window holds them all: those of one statement. */
interface Batch {
  readonly servers: readonly string[];
  /** Indices of batches that have to be in the same wave or an earlier one. */
  readonly after: readonly number[];
}

/**
 * Puts physical servers that no wave moves into those that state a window: each statement whole where it fits, what an
 * application depends on before it, the most data first. Each choice is tried on the design: the wave keeps its window beside
 * the traffic of what runs at its target by then, and nothing new is found but that people have to agree. In the end so is every
 * state on the way, wave after wave.
 */
export function* planMigration(
  workspace: Workspace,
  project: Project,
  { acceptsWarnings, course }: { readonly acceptsWarnings: boolean; readonly course: Course },
): Steps<Planned> {
  const { design } = project;
  const waves = wavesOf(design);
  const open = serversWithoutWave(design);
  if (open.length === 0) {
    const isAny = design.members('server').size > 0;
    return { kind: 'nothing', reason: isAny ? 'every physical server has its wave' : 'it states no physical server' };
  }
  if (waves.length === 0)
    return noPlan(
      `No wave states a window for ${open.length === 1 ? 'the one server that has' : `the ${open.length} servers that have`} none. Write wave 1 { to a cluster; window 2027-01-16 20:00 .. 2027-01-17 06:00 } for each night that there is.`,
    );
  const batches = batchesOf(open);
  const waveIds = waves.map(entityId);
  const waveNames = waves.map(({ name }) => name);
  const held = waves.map((): string[] => []);
  const waveOfBatch = new Map<number, number>();
  const left: string[] = [];
  const editsFor = (lists: readonly (readonly string[])[]) => editsOf(design, waveIds, lists);
  const isForbidding = ({ rule, isError }: Saying) =>
    acceptsWarnings ? isError || FORBIDDING.has(rule) : !FOR_PEOPLE.has(rule);
  let worsens: string | undefined;
  const fits = function* (lists: readonly (readonly string[])[]): Steps<boolean> {
    const edits = editsFor(lists);
    if (!edits) return false;
    yield;
    const { added, answer } = yield* consequencesOf(workspace, edits, undefined, () =>
      areInTime(design, waveIds, (wave) => (lists[wave]?.length ?? 0) > 0),
    );
    const worse = added.find(isForbidding);
    if (answer) worsens ??= worse?.message;
    return answer && !worse;
  };
  for (const [index, { servers, after }] of batches.entries()) {
    course.report(index / batches.length, `finding windows for ${open.length} servers`);
    let rest: readonly string[] = servers;
    let from = Math.max(0, ...after.map((one) => waveOfBatch.get(one) ?? waves.length));
    for (; from < waves.length && rest.length > 0 && !course.isStopped(); from++) {
      // All of them, else as many as this window still holds.
      let [low, high] = [0, rest.length];
      while (low < high && !course.isStopped()) {
        const count = high === rest.length && low === 0 ? high : Math.ceil((low + high) / 2);
        const lists = held.map((list, wave) => (wave === from ? [...list, ...rest.slice(0, count)] : list));
        if (yield* fits(lists)) low = count;
        else high = count - 1;
      }
      if (low > 0) waveOfBatch.set(index, from);
      held[from]?.push(...rest.slice(0, low));
      rest = rest.slice(low);
    }
    if (rest.length > 0) {
      left.push(...rest);
      waveOfBatch.set(index, waves.length);
    }
  }
  const wasEnded = course.isStopped();
  if (wasEnded && held.every((list) => list.length === 0)) return endedEarly(undefined);
  if (held.every((list) => list.length === 0))
    return noPlan(
      worsens === undefined
        ? 'No window holds any of the servers: each takes longer than there is time, or its target has no room.'
        : `No window holds any of the servers: every way found makes something else worse: ${worsens}`,
    );
  const edits = editsFor(held) ?? [];
  const { added, removed, answer } = yield* consequencesOf(workspace, edits, undefined, () =>
    loadsOf(design, waveIds, held),
  );
  const used = held.filter((list) => list.length > 0).length;
  let seen = 0;
  for (const [last, list] of held.entries()) {
    const soFar = held.map((own, wave) => (wave <= last ? own : []));
    if (list.length === 0 || list === held.findLast((own) => own.length > 0) || (course.isStopped() && seen > 0))
      continue;
    seen++;
    const worse = (yield* consequencesOf(workspace, editsFor(soFar) ?? [], undefined, () => undefined)).added;
    const [first] = worse.filter(isForbidding);
    if (first) return noPlan(`after wave ${waveNames[last]} something else is worse: ${first.message}`);
  }
  const placed = open.length - left.length;
  const servers = open.length === 1 ? 'server' : 'servers';
  const title = `Put ${left.length > 0 ? `${placed} of ${open.length}` : placed} ${servers} into ${used === 1 ? 'one wave' : `${used} waves`}`;
  const plan: Plan = { ...EMPTY_PLAN, title, edits, removed, accepted: added, waves: answer, stepsTried: seen };
  if (left.length === 0) return plan;
  if (wasEnded) return bestUntilThen({ ...plan, notes: [`${writtenList(left)} still wait for a window.`] });
  return {
    ...plan,
    title: `${title}; ${left.length} ${left.length === 1 ? 'finds' : 'find'} no window`,
    notes: [`No window is left for ${writtenList(left)}: state a further wave with one.`],
  };
}

/** Share of a window that is filled: what a wave takes is a lower bound. Ours. */
const FILLED = 0.75;

/** Whether waves are known to be done with time to spare. What an earlier one moves is beside the later ones. */
function areInTime(design: Design, waveIds: readonly string[], isAsked: (wave: number) => boolean): boolean {
  const waves = wavesNamed(design, waveIds);
  return waves.every((wave, index) => {
    if (!isAsked(index)) return true;
    const window = wave && waveOf(wave).window;
    const time = timeOf(waves, index);
    return window !== undefined && time !== undefined && time.time <= windowLength(window.window) * FILLED;
  });
}

function wavesNamed(design: Design, waveIds: readonly string[]): readonly (Entity | undefined)[] {
  const byId = new Map([...design.members('wave')].map((wave) => [entityId(wave), wave]));
  return waveIds.map((id) => byId.get(id));
}

/** Time of a wave beside the VMs that run by then: those that replace a server start when its wave is done. */
function timeOf(waves: readonly (Entity | undefined)[], index: number): JobTime | undefined {
  const wave = waves[index];
  if (!wave) return undefined;
  const ahead = new Set(waves.slice(index).flatMap((one) => (one ? waveOf(one).things : [])));
  for (const server of serversWithoutWave(wave.design)) ahead.add(server);
  return waveTimeBeside(wave, (vm) => {
    const { replaces } = vmFacts(vm);
    return !replaces || !ahead.has(replaces);
  });
}

/** Waves with a window, in the order in which they run. */
function wavesOf(design: Design): readonly Entity[] {
  const dated = [...design.members('wave')].filter((wave) => waveOf(wave).window !== undefined && exists(wave));
  const startOf = (wave: Entity) => {
    const window = waveOf(wave).window?.window;
    return window?.kind === 'single' ? window.from : undefined;
  };
  const sorted = [...dated].sort((a, b) => {
    const [x, y] = [startOf(a), startOf(b)];
    return x && y ? compareDates(x, y) : 0;
  });
  const found: Entity[] = [];
  const visit = (wave: Entity) => {
    if (found.includes(wave) || !dated.includes(wave)) return;
    for (const after of propsOf(wave).list('after')) {
      for (const other of referred(after, ['wave']))
        if (other !== wave && sorted.indexOf(other) >= 0 && !found.includes(other)) visit(other);
    }
    found.push(wave);
  };
  for (const wave of sorted) visit(wave);
  return found;
}

/** Physical servers that no wave moves. */
export function serversWithoutWave(design: Design): readonly Entity[] {
  const moved = new Set([...design.members('wave')].flatMap((wave) => waveOf(wave).things));
  return [...design.members('server')].filter((server) => exists(server) && !moved.has(server));
}

/** Servers by statement: what others depend on first, then the most servers. */
function batchesOf(servers: readonly Entity[]): readonly Batch[] {
  const byStatement = new Map<unknown, Entity[]>();
  for (const server of servers)
    byStatement.set(server.declaration, [...(byStatement.get(server.declaration) ?? []), server]);
  const groups = [...byStatement.values()].map((list) => ({ list, app: list[0] && appOfThing(list[0]) }));
  groups.sort((a, b) => b.list.length - a.list.length);
  const ordered: typeof groups = [];
  const visiting = new Set<Entity>();
  const visit = (group: (typeof groups)[number]) => {
    if (ordered.includes(group)) return;
    const { app } = group;
    if (app && !visiting.has(app)) {
      visiting.add(app);
      for (const needed of dependenciesOf(app))
        for (const other of groups) if (other !== group && other.app === needed) visit(other);
      visiting.delete(app);
    }
    if (!ordered.includes(group)) ordered.push(group);
  };
  for (const group of groups) visit(group);
  return ordered.map(({ list, app }, index) => {
    const needed = new Set(app ? dependenciesOf(app) : []);
    return {
      servers: list.map(({ name }) => name),
      after: ordered.flatMap((other, at) => (at < index && other.app && needed.has(other.app) ? [at] : [])),
    };
  });
}

function dependenciesOf(app: Entity): readonly Entity[] {
  return propsOf(app)
    .list('depends-on')
    .flatMap((stated) => referred(stated, ['app']));
}

/** Waves that also move some servers; undefined where a name cannot be written, or a block is broken. */
function editsOf(
  design: Design,
  waveIds: readonly string[],
  lists: readonly (readonly string[])[],
): readonly FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  for (const [index, id] of waveIds.entries()) {
    const servers = lists[index] ?? [];
    if (servers.length === 0) continue;
    const wave = [...design.members('wave')].find((one) => entityId(one) === id);
    const head = wave?.declaration.head();
    if (!wave || !head || wave.declaration.entities.length > 1) return undefined;
    edits.push(...addToBody(head, `moves ${writtenList(servers)}`));
  }
  return edits;
}

function writtenList(names: readonly string[]): string {
  return compressNames(names, isBareName)
    .map(({ text }) => text)
    .join(', ');
}

/** What each wave moves in the end, how long that takes, and how much of its window. */
function loadsOf(
  design: Design,
  waveIds: readonly string[],
  held: readonly (readonly string[])[],
): readonly WaveLoad[] {
  const waves = wavesNamed(design, waveIds);
  return waves.flatMap((wave, index): WaveLoad[] => {
    const window = wave && waveOf(wave).window;
    const time = timeOf(waves, index);
    if (!wave || !window || !time || (held[index] ?? []).length === 0) return [];
    return [
      {
        wave: wave.name,
        things: writtenList(held[index] ?? []),
        bytes: time.size,
        isAtLeast: time.isAtLeast,
        seconds: time.time,
        window: windowLength(window.window),
        rate: time.path.rate,
        bound: time.path.bound,
      },
    ];
  });
}

/** `wave 2: web-[01..12], 732 GiB, at least 3 h of 10 h at 2.5 Gbps, held down by …` */
export function waveText({ wave, things, bytes, isAtLeast, seconds, window, rate, bound }: WaveLoad): string {
  const size = `${isAtLeast ? 'more than ' : ''}${formatQuantity(bytes, 'size')}`;
  return `Wave ${wave}: ${things}; ${size} in all take at least ${formatDuration(seconds)} of ${formatDuration(window)}, at ${formatQuantity(rate, 'rate')}, held down by ${bound}.`;
}
