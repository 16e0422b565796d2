import { factorTo, zoomPercent } from './camera.ts';
import type { ViewHost } from './host.ts';
import { type MenuItem, openMenu } from './render/menu.ts';

/** Sizes that are gone to at once; 100 % is a card at its natural size. */
const PERCENTS = [50, 100, 200];

/** Fixed sizes, all of the picture, and what is selected. */
function zoomItems(host: ViewHost): MenuItem[] {
  const { camera, selected, focused } = host.state();
  const now = camera ? zoomPercent(camera) : undefined;
  const from = selected ?? focused;
  const to = (percent: number) => (): void => {
    // Measured anew: the picture may have changed since the menu was opened.
    const { camera: present } = host.state();
    if (present) host.zoom(factorTo(present, percent));
  };
  return [
    ...PERCENTS.map((percent) => ({
      label: `${percent} %`,
      checked: now === percent,
      disabled: !camera,
      run: to(percent),
    })),
    { label: 'Fit all', key: '0', apart: true, disabled: !camera, run: host.fitAll },
    {
      label: 'Fit the selection',
      key: 'F',
      disabled: !camera || from === undefined,
      run: () => from !== undefined && host.fitTo(from),
    },
  ];
}

/** Opens it below the button that says the present size; without one at the upper right of the picture. */
export function openZoomMenu(host: ViewHost, button?: HTMLElement): void {
  const shown = button ?? host.root.querySelector<HTMLElement>('.percent');
  const area = shown?.getBoundingClientRect();
  const isThere = area !== undefined && area.width > 0;
  const at = isThere ? { x: area.left, y: area.bottom + 2 } : { x: host.root.clientWidth, y: 38 };
  openMenu(host.floor(), 'Zoom', at, zoomItems(host));
}
