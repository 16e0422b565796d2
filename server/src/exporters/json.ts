import { formatAddress } from '../base/addresses.ts';
import { formatDate } from '../base/dates.ts';
import { costLinesOf } from '../capacity/cost.ts';
import { exists } from '../capacity/exists.ts';
import { horizonOf } from '../capacity/growth.ts';
import { currencyOf } from '../capacity/money.ts';
import { planYears } from '../capacity/plan-years.ts';
import { asOf } from '../capacity/time.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import { inTextOrder } from '../design/order.ts';
import { locate } from '../design/place.ts';
import { clusterOfHost, placementOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { appOf, ownersOf, propsOf, sitesOf } from '../design/things.ts';
import { positionAt } from '../language/syntax/positions.ts';
import { figureJson } from './figure-json.ts';
import { figuresOf } from './figures.ts';
import type { ExportInput } from './input.ts';

/** Version of `docs/design-export.schema.json`; a new one says that a field has changed its meaning or gone. */
const EXPORT_VERSION = 1;

/** Kinds of things, in the order in which they are written. */
const KINDS = [
  'site',
  'rack',
  'team',
  'tool',
  'network',
  'switch',
  'adc',
  'wan',
  'array',
  'pool',
  'datastore',
  'cluster',
  'host',
  'app',
  'vm',
  'server',
  'licence',
  'wave',
  'backup',
] as const;

/** A design with its figures as data, described by `docs/design-export.schema.json`. */
export function toJson(input: ExportInput): string {
  const { design, file, findings, maturity, nameOf } = input;
  const plan = design.plan();
  const day = asOf(design);
  const years = planYears(design);
  const placeOf = ({
    place,
    sentence,
  }: {
    readonly place: Stated['place'];
    readonly sentence: { readonly from: number };
  }) => {
    const position = locate(place);
    if (!position) return null;
    return {
      file: nameOf(place.file.uri),
      line: positionAt(place.file.parsed, position.from + sentence.from).line + 1,
    };
  };
  const document = {
    version: EXPORT_VERSION,
    design: {
      name: plan?.name ?? input.graph.name,
      file,
      asOf: day ? formatDate(day) : null,
      horizonMonths: horizonOf(design),
      currency: currencyOf(design).code ?? null,
    },
    entities: KINDS.flatMap((kind) =>
      inTextOrder([...design.members(kind)]).map((entity) => {
        const head = entity.declaration.head();
        return {
          id: entityId(entity),
          kind,
          name: entity.name,
          exists: exists(entity),
          parent: entity.parent ? entityId(entity.parent) : null,
          sites: sitesOf(entity).map(entityId),
          owners: ownersOf(entity).map(entityId),
          place: head ? placeOf(head) : null,
          ...(RELATIONS[kind]?.(entity) ?? {}),
          figures: Object.fromEntries([...figuresOf(entity)].map(([key, figure]) => [key, figureOf(figure, placeOf)])),
        };
      }),
    ),
    costs: costLinesOf(design).lines.map(({ entity, label, amount, isYearly, fromYear, untilYear, by }) => ({
      entity: entityId(entity),
      label,
      amount: rounded(amount),
      isYearly,
      fromYear: fromYear ?? null,
      untilYear: untilYear ?? null,
      place: placeOf(by),
    })),
    years: years
      ? years.years.map(({ year, once, yearly, further }) => ({
          year,
          once: rounded(once),
          yearly: rounded(yearly),
          hostsForGrowth: further,
          isAtLeast: years.isAtLeast,
        }))
      : [],
    findings: findings.map(
      ({ rule, painPoint, severity, message, uri, line, column, entity, teams, owners, fixes, figures }) => ({
        rule,
        painPoint,
        severity,
        message,
        place: { file: nameOf(uri), line, column },
        entity: entity ? entityId(entity) : null,
        teams,
        owners,
        fixes,
        figures: figures.map((figure) => figureJson(figure)),
      }),
    ),
    maturity: maturity
      ? {
          stage: maturity.stage,
          name: maturity.name,
          dimensions: maturity.dimensions.map(({ next, ...one }) => ({ ...one, next: next ?? null })),
          next: maturity.next,
        }
      : null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A figure with the place that states it. */
function figureOf(figure: Parameters<typeof figureJson>[0], placeOf: (by: Stated) => object | null): object {
  return { ...figureJson(figure), ...(figure.by ? { place: placeOf(figure.by) } : {}) };
}

/** What a thing has to do with others, by kind. */
const RELATIONS: Readonly<Record<string, (entity: Entity) => object>> = {
  host: (host) => ({ cluster: idOf(clusterOfHost(host)) }),
  vm: (vm) => {
    const { host, cluster } = placementOf(vm);
    const facts = vmFacts(vm);
    return {
      state: facts.state,
      host: idOf(host),
      cluster: idOf(cluster),
      app: idOf(appOf(vm)),
      os: propsOf(vm).word('os') ?? null,
      datastores: [...new Set([facts.home, ...facts.disks.map(({ datastore }) => datastore)])].flatMap((store) =>
        store ? [entityId(store)] : [],
      ),
      networks: [...new Set(facts.nics.flatMap(({ network }) => (network ? [entityId(network)] : [])))],
      addresses: facts.nics.flatMap(({ address }) => (address ? [formatAddress(address)] : [])),
    };
  },
};

function idOf(entity: Entity | undefined): string | null {
  return entity ? entityId(entity) : null;
}

/** Cents are the least that is paid. */
function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}
