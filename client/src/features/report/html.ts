import { Uri, type Webview } from 'vscode';
import { randomNonce } from '../../nonce.ts';

/** The page that shows reports: its own script and style alone, and no network. Until the first report it says what it waits for. */
export function reportHtml(webview: Webview, dist: Uri): string {
  const nonce = randomNonce();
  const script = webview.asWebviewUri(Uri.joinPath(dist, 'report.js')).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <style nonce="${nonce}">#failure{padding:10px 28px;margin:0;border-bottom:1px solid}</style>
    <style nonce="${nonce}" id="style"></style>
    <title>Report</title>
  </head>
  <body>
    <p id="failure" role="alert" hidden></p>
    <div id="report"><p>The report is being made.</p></div>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
