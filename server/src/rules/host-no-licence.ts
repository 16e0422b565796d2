import { budgetsOf } from '../capacity/budget.ts';
import { exists } from '../capacity/exists.ts';
import { hostSupply } from '../capacity/host.ts';
import { hostsOfLicence, licenceFacts, licencesOf } from '../capacity/licences.ts';
import type { PlatformFacts } from '../capacity/platforms/facts.ts';
import { platformOf } from '../capacity/platforms/index.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';

interface Unlicensed {
  readonly by: Stated;
  readonly platform: PlatformFacts;
  readonly hasBudget: boolean;
}

export const hostNoLicence = defineRule<Unlicensed>({
  id: 'host-no-licence',
  title: 'Host runs a hypervisor without a licence',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'The licences of the platform are in the budget',
  why: 'Hypervisors that are sold cost as much over the years as the hosts under them. A host that states no licence for its hypervisor leaves that out of every total. Only said where the design states a budget, or the host a cost. A hypervisor that runs without a subscription is a hint only.',
  formula: 'hypervisor that is sold, and no `licences` of its product',
  inputs: ['host.hypervisor', 'host.licences', 'licence.product', 'licence.on', 'any.cost', 'design.budget'],
  severity: 'warning',
  source: { text: 'terms of the vendors as platform facts list them', evidence: 'recalled' },
  covers: ['UC01', 'UC05'],
  of: 'host',
  unmendable: 'Only the contract says what was bought, and for which hosts.',
  examples: {
    fires: {
      text: `design d { budget capex 40_000 EUR }
host esx-1 { hypervisor esxi 8.0; cost 9_800 EUR }`,
    },
    silent: {
      text: `design d { budget capex 40_000 EUR opex 3_000 EUR/year }
licence vvs { product esxi edition standard; cost 50 EUR/core/year }
host esx-1 { hypervisor esxi 8.0; licences vvs; cpu 1 x 16 cores; cost 9_800 EUR }`,
    },
  },
  find: (host) => {
    const by = propsOf(host).one('hypervisor');
    const platform = platformOf(hostSupply(host).hypervisor);
    if (!by || !platform || platform.licence === 'none' || !exists(host)) return [];
    const plan = host.design.plan();
    const hasBudget = plan !== undefined && budgetsOf(plan).length > 0;
    if (!hasBudget && !propsOf(host).has('cost')) return [];
    if (licencesOf(host).length > 0) return [];
    const offered = [...host.design.members('licence')].filter(
      (licence) => licenceFacts(licence).product === platform.product && hostsOfLicence(licence).includes(host),
    );
    if (offered.length > 0) return [];
    return [{ by, platform, hasBudget }];
  },
  say: ({ by, platform, hasBudget }, _limits, host) => ({
    severity: hasBudget && platform.licence === 'required' ? 'warning' : 'info',
    message:
      platform.licence === 'required'
        ? `${host.name} runs ${platform.name} and states no licence, so no total contains what it costs. Add a licence of product ${platform.product} and name it in licences.`
        : `${host.name} runs ${platform.name} without a subscription: it works, but updates and support are not in any total. Name a licence in licences, or say why there is none.`,
    at: by,
    span: subjectOf(by).span,
  }),
});
