import branchOffice from '../../../../examples/branch-office.vdc';
import shoppingCart from '../../../../examples/shopping-cart.vdc';
import tenVmsOneNic from '../../../../examples/ten-vms-one-nic.vdc';

/** A sample that can be picked; its text is bundled, as the web has no folder to read it from. */
export interface Sample {
  readonly label: string;
  readonly description: string;
  readonly text: string;
}

export const samples: readonly Sample[] = [
  { label: 'Shopping cart', description: 'Sessions that a live migration would lose', text: shoppingCart },
  { label: 'Ten VMs on one network card', description: 'A host whose uplink is oversubscribed', text: tenVmsOneNic },
  { label: 'Branch office', description: 'Two hosts, one of which may fail', text: branchOffice },
];
