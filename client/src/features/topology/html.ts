import { Uri, type Webview } from 'vscode';
import { randomNonce } from '../../nonce.ts';

/**
 * The page of the panel: nothing but our own script and style sheet, and no network. The style sheet follows the theme
 * through the CSS variables that the editor sets, so a change of theme needs no new page.
 */
export function topologyHtml(webview: Webview, dist: Uri): string {
  const nonce = randomNonce();
  const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    // A PNG is painted from the picture's own text.
    `img-src ${webview.cspSource} blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <link rel="stylesheet" href="${resource('webview.css')}">
    <title>Topology</title>
  </head>
  <body>
    <script nonce="${nonce}" src="${resource('webview.js')}"></script>
  </body>
</html>`;
}
