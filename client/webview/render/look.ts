import type { Look } from '../../../server/src/topology/scene/gauge.ts';
import { faceOf, SAMPLE, textWidth } from '../../../server/src/topology/text.ts';

/** What the page's theme and font ask of the drawing. */
export interface PageLook extends Look {
  /** Font size over the 13 pixels that all numbers are for. */
  readonly unit: number;
  /** Changes when something to draw by changed. */
  readonly key: string;
}

export function readLook(): PageLook {
  const kind = document.body.dataset.vscodeThemeKind ?? '';
  const contrast = kind.includes('high-contrast');
  const style = getComputedStyle(document.body);
  const size = Number.parseFloat(style.fontSize) || 13;
  const em = Math.round(measureFace(style.fontFamily) * 100) / 100;
  return { contrast, face: faceOf(em), unit: size / 13, key: `${kind}|${size}|${em}` };
}

/** How much of the reserved width this font needs: measured once for a font, not for each text. */
function measureFace(family: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 1;
  const share = (weight: number, bold: boolean): number => {
    context.font = `${weight} 100px ${family || 'sans-serif'}`;
    return context.measureText(SAMPLE).width / textWidth(SAMPLE, 100, bold);
  };
  return Math.min(1.2, Math.max(0.7, Math.max(share(400, false), share(600, true)) * 1.03));
}

/** Calls back when the editor changes its theme or fonts. */
export function watchLook(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'],
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}

/** Whether the person wants no motion: of the system, or of the editor. */
export const wantsNoMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
