import { saveBeside } from '../../save-beside.ts';

/** Saves a picture where the user says. `data`: text of an SVG, base64 of a PNG. */
export async function savePicture(design: string, format: 'svg' | 'png', data: string): Promise<void> {
  await saveBeside(design, {
    title: 'Export Topology',
    extension: format,
    kind: format === 'svg' ? 'SVG picture' : 'PNG picture',
    content: format === 'svg' ? new TextEncoder().encode(data) : bytesOf(data),
  });
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
