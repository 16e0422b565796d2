import type { TryFix } from '../../server/src/protocol/topology.ts';
import type { ViewHost } from './host.ts';
import { placePopover } from './render/placement.ts';
import { createPopover } from './render/popover.ts';
import type { State } from './state.ts';
import { thingCalled } from './things.ts';

/** The findings of a node, in a popover beside its badge. */
export function createFindings(host: ViewHost): { readonly render: (state: State, was: State) => void } {
  let popover: HTMLElement | undefined;

  function replace(state: State, was: State): void {
    const { open, graph } = state;
    const hadFocus = popover?.contains(document.activeElement) === true;
    popover?.remove();
    popover = undefined;
    const thing = open !== undefined && graph ? thingCalled(graph, open) : undefined;
    const findings = thing ? host.findings(thing.id) : [];
    if (!thing || findings.length === 0) {
      if (hadFocus) host.focus();
      return;
    }
    popover = createPopover(thing.name, findings, {
      apply: (finding, fix) => host.post({ type: 'applyFix', node: thing.id, finding: finding.key, fix: fix.id }),
      preview: (finding, fix) =>
        host.ask('vdc/tryFix', { finding: finding.key, fix: fix.id }).then(
          (trial) => trial as TryFix | null,
          () => null,
        ),
      show: (finding, fix) => {
        host.post({ type: 'previewFix', finding: finding.key, fix: fix.id });
        host.dispatch({ type: 'open', node: undefined });
        host.focus();
      },
      grown: place,
      silence: (finding, reason) =>
        host.post({ type: 'applyFix', node: thing.id, finding: finding.key, fix: 'silence', reason }),
      reveal: () => host.reveal(thing.id),
      close: () => {
        host.dispatch({ type: 'open', node: undefined });
        host.focus();
      },
    });
    host.floor().append(popover);
    if (open !== was.open || hadFocus) popover.focus();
  }

  function place(): void {
    const { open } = host.state();
    const badge = open === undefined ? undefined : host.areaOf(open);
    if (!popover || !badge) return;
    const { clientWidth: w, clientHeight: h } = host.root;
    const at = placePopover({ w: popover.offsetWidth, h: popover.offsetHeight }, badge, { w, h });
    popover.style.left = `${at.x}px`;
    popover.style.top = `${at.y}px`;
  }

  return {
    render: (state, was) => {
      if (state.open !== was.open || state.graph !== was.graph) replace(state, was);
      place();
    },
  };
}
