/**
 * Blocks to fill in, by the word that they begin with: `<name>` is a place with its proposal, `<a|b>` one of these, `<>`
 * where the cursor ends. With the proposals filled in each one is whole.
 */
const SNIPPETS: Readonly<Record<string, string>> = {
  import: 'import "<file>.vdc"',
  source: 'source <rvtools|proxmox|hyper-v|azure-migrate|libvirt|live-optics|nutanix|govc|openstack|netbox|ganeti>',
  design: 'design <name> {\n  currency <EUR>\n  horizon <36> months\n}',
  team: 'team <name>',
  tool: 'tool <name> { covers <host> <*> }',
  site: 'site <name>',
  rack: 'rack <name> { height <42> U }',
  wan: 'wan <name> between <site>, <site> {\n  speed <1> Gbps\n  rtt <20> ms\n}',
  switch: 'switch <name> {\n  ports <48> x <10> Gbps\n  trunk <*>\n}',
  network: 'network <name> {\n  vlan <110>\n  subnet <10.1.10.0/24> gateway <10.1.10.1>\n}',
  adc: 'adc <name> { networks <network> }',
  array:
    'array <name> {\n  protocol <fc|iscsi|nfs|smb|fcoe|nvme-of|sas|local|hci>\n  disks <24> x <1.8> TB media <ssd|hdd|nvme> raid <6|5|10>\n}',
  pool: 'pool <name> { disks <12> x <1.8> TB }',
  datastore: 'datastore <name> { capacity <10> TiB }',
  image: 'image <name> { size <40> GiB }',
  class: 'class <vm|host> <name> {\n  <>\n}',
  amend: 'amend <vm|host|cluster|network|datastore|app> <name> { <> }',
  assume: 'assume <vm|host> { <> }',
  policy: 'policy {\n  <>\n}',
  host: 'host <name> {\n  cpu <2> x <16> cores <2.9> GHz\n  memory <512> GiB\n  nic nic[1..<2>] <10> Gbps\n}',
  cluster: 'cluster <name> {\n  failover <1> host\n  <>\n}',
  vswitch: 'vswitch <vs0> {\n  uplink <nic1> to <switch>\n  carries <network>\n}',
  vm: 'vm <name> {\n  vcpu <4>\n  memory <8> GiB\n  disk <40> GiB thin\n}',
  app: 'app <name> {\n  tier <normal|critical|high|low>\n  <>\n}',
  server: 'server <name> {\n  cpu <1> x <8> cores <2.4> GHz\n  memory <32> GiB\n}',
  wave: 'wave <name> {\n  moves <name>\n  to <cluster>\n}',
  backup: 'backup <name> {\n  covers <vm> <*>\n  window <daily> <22:00> .. <06:00>\n}',
  licence: 'licence <name> {\n  product <windows-server>\n  cost <900> <USD>/<core>/year\n}',
};

/** The block in the notation of the protocol. */
export function blockSnippet(word: string): string | undefined {
  const text = Object.hasOwn(SNIPPETS, word) ? SNIPPETS[word] : undefined;
  let place = 0;
  return text?.replace(/<([^<>]*)>/g, (_, proposal: string) => {
    if (proposal === '') return '$0';
    place++;
    return proposal.includes('|') ? `\${${place}|${proposal.replaceAll('|', ',')}|}` : `\${${place}:${proposal}}`;
  });
}

/** The block with its first proposals filled in. */
export function filledIn(word: string): string | undefined {
  const text = Object.hasOwn(SNIPPETS, word) ? SNIPPETS[word] : undefined;
  return text?.replace(/<([^<>|]*)[^<>]*>/g, '$1');
}
