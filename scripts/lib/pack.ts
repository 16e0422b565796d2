// Packs the extension as users get it, from a folder of its own: `dist/` stays what the last build made it.
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from '../build.mjs';
import { cache, installTool } from './install-tool.ts';
import { root } from './project.mjs';

const execute = promisify(execFile);

/** Fields of package.json that only the checkout needs. */
const ownBusiness = ['private', 'type', 'scripts', 'allowScripts', 'devDependencies'];

/** Writes the package to a path; answers what is in it, for people. Throws if something that belongs in it is missing. */
export async function packExtension(vsix: string): Promise<string> {
  const vsce = join(installTool('@vscode/vsce', '3.9.2'), 'vsce');
  const staging = join(cache, `package-${process.pid}`);
  try {
    const dist = join(staging, 'dist');
    await build({ production: true, forPackage: true, dist });
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const pattern of manifest.files) {
      if (pattern.startsWith('dist/')) continue;
      for (const path of globSync(pattern, { cwd: root })) {
        mkdirSync(dirname(join(staging, path)), { recursive: true });
        // Nobody reads its JSON, and the space between is a part of its size.
        if (path.endsWith('.json')) writeFileSync(join(staging, path), compact(readFileSync(join(root, path), 'utf8')));
        else cpSync(join(root, path), join(staging, path));
      }
    }
    for (const field of ownBusiness) delete manifest[field];
    // Older web extension hosts append `.js` to any other name.
    renameSync(join(staging, manifest.main), join(dist, 'client.js'));
    manifest.main = manifest.browser = './dist/client.js';
    writeFileSync(join(staging, 'package.json'), JSON.stringify(manifest));
    mkdirSync(dirname(vsix), { recursive: true });
    const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
    const { stdout } = await execute(process.execPath, [vsce, 'package', ...options], {
      cwd: staging,
      timeout: 120_000,
    });
    return stdout;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
