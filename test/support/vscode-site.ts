/**
 * A site like vscode.dev in front of a served workbench: it serves an extension's folder itself and tells the workbench
 * to load the extension from there. Such an extension runs in the web extension host.
 */
import { readFile, realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { extname, join, sep } from 'node:path';
import type { Duplex } from 'node:stream';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

export interface SiteOptions {
  /** Origin of the workbench. */
  readonly workbench: string;
  /** Folder of the extension. */
  readonly extension: string;
  /** The suite's path in the extension's folder. */
  readonly suite: string;
}

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

const extensionPath = '/vdc-extension';

export async function openSite({ workbench, extension, suite }: SiteOptions): Promise<Site> {
  const { hostname, port } = new URL(workbench);
  const home = await realpath(extension);

  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith(`${extensionPath}/`)) void serveFile(home, incoming, response);
    else void forward(incoming, response);
  });

  const forward = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, headers, url: path } = incoming;
    // Compressed pages could not be changed.
    const asked = request({ hostname, port, method, path, headers: { ...headers, 'accept-encoding': 'identity' } });
    asked.on('error', () => response.destroy());
    asked.on('response', async (answer) => {
      if (
        !answer.headers['content-type']?.startsWith('text/html') ||
        new URL(path ?? '/', workbench).pathname !== '/'
      ) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        return;
      }
      let html = '';
      for await (const chunk of answer.setEncoding('utf8')) html += chunk;
      const { 'content-length': _, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest);
      response.end(configured(html, headers.host ?? '', suite));
    });
    incoming.pipe(asked);
  };

  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upstream = connect(Number(port), hostname, () => {
      const headers = Object.entries(incoming.headers).map(([key, value]) => `${key}: ${value}`);
      upstream.write([`GET ${incoming.url} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });

  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the site has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        // Web sockets are no longer the server's own.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function serveFile(home: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    const path = await realpath(join(home, decodeURIComponent(pathname.slice(extensionPath.length))));
    if (!path.startsWith(home + sep)) throw new Error('outside of the folder');
    const content = await readFile(path);
    // The frames of webviews have an origin of their own.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    response.end(content);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

/** The page with the configuration that a site gives to its workbench. */
function configured(html: string, authority: string, suite: string): string {
  const extension = { scheme: 'http', authority, path: extensionPath };
  return html.replace(
    /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/,
    (_, head: string, settings: string) => {
      const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
      configuration.additionalBuiltinExtensions = [extension];
      configuration.developmentOptions.extensions = [extension];
      configuration.developmentOptions.extensionTestsPath = { ...extension, path: `${extensionPath}/${suite}` };
      return head + JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    },
  );
}
