import { drawScene } from '../../server/src/topology/scene/draw.ts';
import { drawLegend, LEGEND_HEIGHT } from '../../server/src/topology/scene/legend.ts';
import { toSvg } from '../../server/src/topology/scene/svg.ts';
import { pageTheme, type Theme } from '../../server/src/topology/scene/themes.ts';
import { type Drawing, hexOf, isPossible } from './drawing.ts';
import type { ViewHost } from './host.ts';

/** The whole picture at the level that is shown, as a file of its own: colours as the page has them now, text as text, legend included. */
export function drawFile(host: ViewHost): Drawing | undefined {
  const { graph, measure, about } = host.state();
  const layout = host.layout();
  if (!graph || !layout) return undefined;
  const look = host.look();
  const width = Math.max(layout.width, 560);
  const theme = resolvedTheme(look.contrast);
  const scene = { ...drawScene(graph, layout, { measure, look, focus: about }), width };
  const legend = { height: LEGEND_HEIGHT, items: drawLegend(graph, layout, measure, look, width) };
  return { svg: toSvg(scene, theme, legend), w: width, h: layout.height + LEGEND_HEIGHT };
}

/** The page's theme with every colour as it is now. */
function resolvedTheme(contrast: boolean): Theme {
  const page = pageTheme(contrast);
  const probe = document.createElement('span');
  const known = new Map<string, string>();
  return {
    name: 'file',
    contrast,
    font: getComputedStyle(document.body).fontFamily.replaceAll(/[<&]/g, '') || 'system-ui, sans-serif',
    paint: (token) => {
      const paint = page.paint(token);
      if (!paint.startsWith('var(')) return paint;
      const before = known.get(paint);
      if (before !== undefined) return before;
      probe.style.color = paint;
      document.body.append(probe);
      const hex = hexOf(getComputedStyle(probe).color);
      probe.remove();
      known.set(paint, hex);
      return hex;
    },
  };
}

/** The picture as a PNG. Fails where the page cannot paint it. */
async function toPng({ svg, w, h }: Drawing, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the picture could not be painted'));
      image.src = url;
    });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(w * scale);
    canvas.height = Math.round(h * scale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('the picture could not be painted');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(`${canvas.width} × ${canvas.height} pixels are too many`);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Asks where to save the picture. */
export async function save(host: ViewHost, format: 'svg' | 'png', scale = 1): Promise<void> {
  const drawing = drawFile(host);
  if (!drawing) return;
  try {
    const data = format === 'svg' ? drawing.svg : await base64(await toPng(drawing, scale));
    host.post({ type: 'save', format, data });
  } catch (error) {
    host.post({ type: 'tell', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Puts the picture on the clipboard. */
export async function copy(host: ViewHost): Promise<void> {
  const drawing = drawFile(host);
  if (!drawing) return;
  const scale = isPossible(drawing, 2) ? 2 : 1;
  try {
    // The clipboard is asked for at once: a browser grants it only while a key or click is fresh.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(drawing, scale) })]);
    host.announce('The picture is on the clipboard');
    host.post({ type: 'tell', message: 'The picture is on the clipboard.' });
  } catch {
    host.post({ type: 'tell', message: 'The clipboard takes no picture here. Export it as a PNG instead.' });
  }
}
