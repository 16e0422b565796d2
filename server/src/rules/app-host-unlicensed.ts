import { type LicenceReach, licenceReachOf, movesByItself } from '../capacity/licence-reach.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { itemNaming, referenceText } from '../design/reference-text.ts';
import { writtenNames } from './fixes/port-edits.ts';
import { defineRule } from './rule.ts';
import { nameOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

type Unlicensed = LicenceReach & { readonly kind: 'runs' | 'may-move' };

export const appHostUnlicensed = defineRule<Unlicensed>({
  id: 'app-host-unlicensed',
  title: 'An application runs, or may come to run, on a host without its licence',
  painPoint: 'application-awareness',
  owners: ['application', 'server', 'management'],
  benefit: 'An audit finds every application on hosts that are paid for',
  why: 'Databases and other software are licensed by the hosts or cores that they may run on, and balancing and failover know nothing of it: one restart on the wrong host can owe the licence of a whole host. A rule that keeps the VMs on the licensed hosts is enough. Some vendors ask for every host that a VM could ever reach; that is theirs to say. Nothing is said of licences that name no hosts.',
  formula:
    'hosts that run its VMs, or that `keep` does not bar and the cluster may move them to − hosts of the licence',
  inputs: [
    'app.licences',
    'app.members',
    'licence.on',
    'host.licences',
    'host.runs',
    'cluster.features',
    'cluster.drs',
    'cluster.keep',
  ],
  severity: 'error',
  source: { text: 'the hosts that the design itself states', evidence: 'ours' },
  covers: ['AA10'],
  of: 'app',
  examples: {
    fires: {
      text: `licence oracle { product oracle-db; on esx-1 }
cluster prod {
  features ha
  host esx-1 { runs db }
  host esx-2
}
app ledger { licences oracle; vm db }`,
    },
    silent: {
      text: `licence oracle { product oracle-db; on esx-1 }
cluster prod {
  features ha
  host esx-1 { runs db }
  host esx-2
}
app ledger {
  licences oracle
  keep db on esx-1
  vm db
}`,
    },
  },
  find: (app) =>
    licenceReachOf(app).flatMap((reach): Unlicensed[] => [
      ...(reach.outside.length > 0 ? [{ ...reach, kind: 'runs' as const }] : []),
      ...(reach.free.length > 0 ? [{ ...reach, kind: 'may-move' as const }] : []),
    ]),
  say: ({ kind, licence, by, licensed, outside, free }) => {
    const hosts = namesOf([...licensed]);
    const vms = kind === 'runs' ? outside : free.map(({ vm }) => vm);
    const here = [...new Set(outside.flatMap((vm) => placementOf(vm).host ?? []))];
    const [first] = free;
    const isAutomatic = free.some(({ cluster }) => movesByItself(cluster));
    return {
      severity: kind === 'runs' || isAutomatic ? 'error' : 'warning',
      message:
        kind === 'runs'
          ? `${licence.name} covers ${hosts}, but ${namesOf(vms)} ${vms.length === 1 ? 'runs' : 'run'} on ${namesOf(here)} without it. Move ${vms.length === 1 ? 'it' : 'them'}, or license ${here.length === 1 ? 'that host' : 'those hosts'}.`
          : `${licence.name} covers ${hosts}, and ${first?.cluster.name} ${isAutomatic ? 'may bring' : 'can move'} ${namesOf(vms)} to ${first?.target.name}, which would owe a licence too. Keep ${vms.length === 1 ? 'it' : 'them'} on licensed hosts.`,
      at: by,
      span: itemNaming(by, licence),
      related: vms.slice(0, 8).flatMap((vm) => {
        const at = nameOf(vm);
        return at ? [{ ...at, message: `${vm.name} needs ${licence.name}` }] : [];
      }),
    };
  },
  fix: ({ kind, licensed, free }, app) => {
    const head = app.declaration.head();
    if (kind === 'runs' || !head) return [];
    const text = keepText(
      app,
      free.map(({ vm }) => vm),
      [...licensed],
    );
    return text === undefined
      ? []
      : [{ title: 'Keep its VMs on the licensed hosts', edits: addToBody(head, text), isPreferred: true }];
  },
});

function keepText(app: Entity, vms: readonly Entity[], hosts: readonly Entity[]): string | undefined {
  const from = { entity: app, declaration: app.declaration };
  const written = (things: readonly Entity[]) => {
    const texts = things.map((thing) => referenceText(thing, from));
    if (texts.every((text, index) => text === things[index]?.name)) return writtenNames(things.map(({ name }) => name));
    return texts.every((text) => text !== undefined) ? texts.join(', ') : undefined;
  };
  const [names, places] = [written(vms), written(hosts)];
  return names === undefined || places === undefined ? undefined : `keep ${names} on ${places}`;
}
