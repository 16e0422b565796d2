import { block, row, type SchemaPart } from '../define.ts';

/** Physical and virtual network. */
export const network: readonly SchemaPart[] = [
  block('switch', 'NAMES · : →class+ · at →site,rack', ['file', 'site'], 'physical switch, Ethernet or Fibre Channel', [
    row('type', '(ethernet fc)', 'ethernet', 'what it switches'),
    row('ports+', 'N x RATE', '–', 'ports by speed; one line per speed'),
    row('uplink+', 'N x RATE · to →switch', '–', 'towards the core'),
    row(
      'trunk*',
      '→network+ · to →cluster,host,array,adc,switch+',
      '–: VLAN checks silent',
      'VLANs allowed; keyed by to; without it all ports; * is all',
    ),
    row('lacp+', '→cluster,host,array,switch+', 'none', 'neighbours bundled into a LAG'),
    row('mtu', 'N', '1500', 'largest frame payload'),
    row('power', 'WATT..WATT', '–', 'idle .. full'),
    row('height', 'N U', '–', 'rack units'),
  ]),
  block('network', 'NAMES · at →site+', ['file', 'site'], 'a VLAN and its subnets; "port group", "vnet"', [
    row('vlan', 'VLAN', '–', '0 untagged, 1 to 4094, 4095 all'),
    row(
      'subnet*',
      'PREFIX · gateway ADDR+ · reserve N · dhcp ADDR..ADDR',
      '–',
      'reserve: addresses kept for drills, clones, growth',
    ),
    row('vrf', 'WORD', 'one for all', 'subnets of one VRF may not overlap'),
    row('routed-by+', '→switch,adc+', '–', 'who routes it; without it the subnet ends nowhere'),
    row('mtu', 'N', '1500', 'what members may send'),
  ]),
  block('adc', 'NAMES · at →site', ['file', 'site'], 'application delivery controller, load balancer', [
    row('networks+', '→network+', '–', 'where it has a leg'),
    row('tps', 'PER_S', '–', 'TLS handshakes it can take'),
  ]),
  block('vswitch', 'NAMES', ['cluster', 'host'], 'virtual switch, bridge', [
    row('type', '(standard distributed bridge)', 'standard', 'bridge: Linux bridge, OVS'),
    row('uplink*', 'WORD+ · to →switch · standby', '–', 'physical NICs and where they are cabled'),
    row('carries+', '→network+', '–', 'its port groups'),
    row(
      'teaming',
      '(failover port-id load-based mac-hash ip-hash lacp set)',
      'port-id',
      'how uplinks share load and fail over',
    ),
    row('mtu', 'N', '1500', 'largest frame payload'),
    row('shaping', 'RATE', '–', 'average limit per port'),
    row('delegated-by', '→team', '–', "hand-over agreed with the physical network's owner"),
  ]),
];
