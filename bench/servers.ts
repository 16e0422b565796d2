import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installTool } from '../scripts/lib/install-tool.ts';
import { root } from '../scripts/lib/project.mjs';
import { JSON_SCHEMA } from './designs.ts';
import type { Server } from './session.ts';

const bundle = join(root, 'dist', 'server.js');

/** The server of this project, started as the extension does: the bundle that is shipped, if it is built. */
export const vdcServer: Server = {
  name: 'vdc',
  command: ['--max-semi-space-size=8', existsSync(bundle) ? bundle : join(root, 'server', 'src', 'main.ts'), '--stdio'],
  languageId: 'vdc',
  extension: '.vdc',
  env: { NODE_COMPILE_CACHE: join(tmpdir(), 'vdc-bench-compiled') },
};

export const echoServer: Server = {
  name: 'do-nothing',
  command: [join(root, 'bench', 'echo-server.ts')],
  languageId: 'vdc',
  extension: '.vdc',
};

const JSON_PACKAGE = { name: 'vscode-langservers-extracted', version: '4.10.0' };

/** The JSON server of VS Code, set up to validate; undefined where it cannot be installed. */
export function jsonServer(): Server | undefined {
  let folder: string;
  try {
    folder = installTool(JSON_PACKAGE.name, JSON_PACKAGE.version);
  } catch (error) {
    console.error(`${JSON_PACKAGE.name} cannot be installed: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
  return {
    name: 'json',
    command: [join(folder, 'bin', 'vscode-json-language-server'), '--stdio'],
    languageId: 'json',
    extension: '.json',
    configure: (connection) =>
      connection.sendNotification('workspace/didChangeConfiguration', {
        settings: {
          json: { validate: { enable: true }, schemas: [{ fileMatch: ['*.json'], schema: JSON_SCHEMA }] },
        },
      }),
  };
}
