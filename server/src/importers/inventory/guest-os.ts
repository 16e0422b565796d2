/** A guest system as a design calls it. */
export interface GuestOs {
  /** `windows-server-2019`, `rhel-8`; undefined where the text is none that is known. */
  readonly word?: string;
  /** What VMs of this system are classed as. */
  readonly className: string;
  /** As the inventory writes it. */
  readonly text: string;
}

/** Pattern, word, class. `$1` is the version. The first that fits counts. */
const SYSTEMS: readonly (readonly [RegExp, string, string])[] = [
  [/Windows Server (?:version )?(20\d\d) R2/i, 'windows-server-$1-r2', 'w$1r2'],
  [/Windows Server (20\d\d)/i, 'windows-server-$1', 'w$1'],
  [/Windows (?:2000|Server 2000)/i, 'windows-2000', 'w2000'],
  [/Windows XP/i, 'windows-xp', 'winxp'],
  [/Windows Vista/i, 'windows-vista', 'winvista'],
  [/Windows (7|8\.1|8|10|11)\b/i, 'windows-$1', 'win$1'],
  [/Red Hat Enterprise Linux (\d+)/i, 'rhel-$1', 'rhel-$1'],
  [/SUSE Linux Enterprise(?: Server)? (\d+)/i, 'sles-$1', 'sles-$1'],
  [/openSUSE/i, 'opensuse', 'opensuse'],
  [/CentOS (\d+)(?!\/)/i, 'centos-$1', 'centos-$1'],
  [/CentOS/i, 'centos', 'centos'],
  [/Rocky Linux/i, 'rocky', 'rocky'],
  [/Alma ?Linux/i, 'almalinux', 'almalinux'],
  [/Oracle Linux (\d+)(?!\/)/i, 'oracle-linux-$1', 'oracle-linux-$1'],
  [/Oracle Linux/i, 'oracle-linux', 'oracle-linux'],
  [/Amazon Linux (\d+)/i, 'amazon-linux-$1', 'amazon-linux-$1'],
  [/Debian GNU\/Linux (\d+)/i, 'debian-$1', 'debian-$1'],
  [/Ubuntu (?:Linux )?(\d\d\.\d\d)/i, 'ubuntu-$1', 'ubuntu-$1'],
  [/Ubuntu/i, 'ubuntu', 'ubuntu'],
  [/Photon OS/i, 'photon', 'photon'],
  [/FreeBSD (\d+)/i, 'freebsd-$1', 'freebsd-$1'],
  [/FreeBSD/i, 'freebsd', 'freebsd'],
  [/Solaris (\d+)/i, 'solaris-$1', 'solaris-$1'],
  [/VMware ESXi? (\d+)/i, 'esxi-$1', 'esxi-$1'],
  [/Linux/i, 'linux', 'linux'],
];

/** Reads a name such as `Microsoft Windows Server 2012 R2 (64-bit)`. */
export function guestOsOf(text: string): GuestOs {
  for (const [pattern, word, className] of SYSTEMS) {
    const match = pattern.exec(text);
    if (match) {
      const fill = (template: string): string => template.replace('$1', match[1] ?? '');
      return { word: fill(word), className: fill(className), text };
    }
  }
  return {
    className: text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
    text,
  };
}
