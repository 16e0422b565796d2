import { readFileSync } from 'node:fs';
import path from 'node:path';
import { finish } from '../../server/src/base/steps.ts';
import type { ExportInput } from '../../server/src/exporters/input.ts';
import { reportInSteps, reportPage } from '../../server/src/exporters/report/report.ts';
import { exportInput } from '../../server/src/ide/export-input.ts';
import { type Project, Workspace } from '../../server/src/ide/workspace.ts';

export const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');

/** A design of texts by file name; the first is the root. */
export function projectOf(files: string | Readonly<Record<string, string>>): Project {
  const texts = typeof files === 'string' ? { 'main.vdc': files } : files;
  const workspace = new Workspace({
    resolve: (from, name) => path.posix.join(path.posix.dirname(from), name),
  });
  const [root = 'main.vdc'] = Object.keys(texts);
  workspace.openText(root, texts[root] ?? '');
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted())
    for (const uri of wanted) workspace.provide(uri, texts[uri]);
  const project = workspace.projectOf(root);
  if (!project) throw new Error(`${root} makes no design`);
  return project;
}

/** An example with the files that it imports. */
export function exampleProject(name: string): Project {
  const texts: Record<string, string> = {};
  const read = (file: string): void => {
    if (file in texts) return;
    const text = readFileSync(path.join(EXAMPLES, file), 'utf8');
    texts[file] = text;
    for (const [, other = ''] of text.matchAll(/^import "([^"]+)"/gm)) read(other);
  };
  read(`${name}.vdc`);
  return projectOf(texts);
}

export function inputOf(files: string | Readonly<Record<string, string>>): ExportInput {
  return finish(exportInput(projectOf(files)));
}

export function pageOf(input: ExportInput): string {
  return reportPage(finish(reportInSteps(input)));
}

/** What a page says, without its markup, pictures and style; tags part words. */
export function wordsOf(page: string): string {
  return page
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<(li|p|h\d|tr|section|td|th|span|b|caption)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/[\s\u202f\u00a0\u2060]+/g, ' ');
}

/** The words of one section. */
export function sectionOf(page: string, id: string): string {
  const from = page.indexOf(`<section id="${id}">`);
  if (from < 0) return '';
  const next = page.indexOf('<section id="', from + 10);
  return wordsOf(page.slice(from, next < 0 ? page.indexOf('<footer>') : next)).trim();
}
