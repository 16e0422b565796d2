import { PALETTES, type ThemeKind } from '../../topology/scene/themes.ts';

const variables = (kind: ThemeKind): string =>
  Object.entries(PALETTES[kind])
    .map(([token, colour]) => `--vdc-${token}:${colour}`)
    .join(';');

/**
 * The look of a report: in a browser by what the reader prefers, in VS Code by its theme, on paper always light. Colours are those of the
 * topology.
 */
export const STYLE = `
:root{color-scheme:light dark;${variables('light')};--page:#fff}
@media screen{
@media (prefers-color-scheme:dark){:root{${variables('dark')};--page:#181818}}
@media (prefers-contrast:more){:root{${variables('hc-light')};--page:#fff}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root{${variables('hc-dark')};--page:#000}}
body.vscode-light{${variables('light')};--page:var(--vscode-editor-background,#fff)}
body.vscode-dark{${variables('dark')};--page:var(--vscode-editor-background,#181818)}
body.vscode-high-contrast{${variables('hc-dark')};--page:#000}
body.vscode-high-contrast-light{${variables('hc-light')};--page:#fff}
body[class*=vscode-]{--vdc-bg:var(--page)}
}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;padding:0;background:var(--page);color:var(--vdc-text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:980px;margin:0 auto;padding:36px 28px 64px}
h1,h2,h3,h4{color:var(--vdc-strong);line-height:1.25;text-wrap:balance}
h1{font-size:28px;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:20px;margin:44px 0 10px;padding-top:14px;border-top:1px solid var(--vdc-hairline)}
h3{font-size:15.5px;margin:26px 0 8px}
h4{font-size:14px;margin:18px 0 4px;font-weight:600}
p{margin:6px 0 10px;max-width:76ch}
a{color:inherit}
code{font:0.92em ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--vdc-muted)}
.sub,.muted{color:var(--vdc-muted)}
.sub{margin:0 0 22px;max-width:none}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.line{display:block;font-size:12px}
.small{font-size:11.5px;white-space:nowrap}
svg text.muted,svg .muted{fill:var(--vdc-muted)}
.verdict{font-size:16.5px;line-height:1.55;margin:0 0 20px;max-width:none;color:var(--vdc-strong)}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:10px;margin:0 0 8px;padding:0;list-style:none}
.tiles li{border:1px solid var(--vdc-hairline);border-radius:6px;padding:11px 13px;background:var(--vdc-tile);min-width:0}
.tiles b{display:block;font-size:19px;line-height:1.25;font-weight:600;color:var(--vdc-strong);overflow-wrap:anywhere}
.tiles .t{color:var(--vdc-muted);font-size:12.5px;display:block;margin-bottom:3px}
.tiles .s{font-size:12.5px;display:block;margin-top:3px}
nav{margin:18px 0 0;font-size:13px}
nav a{margin-right:16px;white-space:nowrap}
table{border-collapse:collapse;width:100%;margin:8px 0 14px;font-size:13px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--vdc-muted);padding:0 0 4px;font-size:12.5px}
th{font-weight:600;text-align:left;color:var(--vdc-muted);font-size:12px;border-bottom:1px solid var(--vdc-wire);padding:5px 10px 5px 0;vertical-align:bottom}
td,tbody th{border-bottom:1px solid var(--vdc-hairline);padding:6px 10px 6px 0;vertical-align:top}
tbody th{color:var(--vdc-strong);font-size:13px;overflow-wrap:break-word}
tbody th .small{display:block;font-weight:400}
td:last-child,th:last-child{padding-right:0}
.r{text-align:right;white-space:nowrap}
th.r{white-space:normal}
.wide td:not(.r):not(:has(.gauge)):not(:has(.place)){min-width:76px}
.r+td:not(.r),.r+th:not(.r){padding-left:10px}
.few{max-width:640px}
.few th .s{display:block;font-weight:400;font-size:12.5px}
tfoot td,tfoot th{border-bottom:0;font-weight:600;color:var(--vdc-strong);font-size:13px}
.gauge{display:block;margin-top:2px}
.load{white-space:nowrap}
.over{font-weight:600;color:var(--vdc-strong)}
.mark{vertical-align:-1.5px;margin-right:5px;flex:none}
.ref{font-size:10.5px;vertical-align:super;line-height:0;color:var(--vdc-muted);text-decoration:none;padding:0 2px;white-space:nowrap}
.ref:hover,.ref:focus{text-decoration:underline}
.place{white-space:nowrap;color:var(--vdc-muted);font-size:12.5px}
a.place{cursor:pointer;text-decoration:underline}
.diagram svg{display:block;max-width:100%;height:auto;margin:0 auto;border:1px solid var(--vdc-hairline);border-radius:6px}
.diagram svg text{font-family:inherit}
.n{font-variant-numeric:tabular-nums}
.chart{display:block;width:100%;height:auto;max-width:820px;margin:6px 0 12px}
.courses{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:14px 22px;margin:8px 0 14px}
.course{display:block;width:100%;height:auto}
svg .axis{font-size:10px;fill:var(--vdc-muted)}
svg .name{font-size:11.5px;fill:var(--vdc-strong)}
svg .value{font-size:10.5px;fill:var(--vdc-text)}
.key{font-size:12.5px;color:var(--vdc-muted);margin:0 0 8px}
.key i{display:inline-block;width:11px;height:11px;margin:0 5px 0 14px;vertical-align:-1px;border:1px solid var(--vdc-calm3)}
.key i:first-child{margin-left:0}
.key .k1{background:var(--vdc-calm3)}
.key .k2{background:var(--vdc-calm1)}
.rule{margin:18px 0 4px}
h3+.rule{margin-top:8px}
.more{margin:0 0 14px}
.about{font-size:12.5px;color:var(--vdc-muted);margin:0 0 4px;max-width:none}
ol.found{list-style:none;margin:4px 0 14px;padding:0}
ol.found>li{display:grid;grid-template-columns:40px 1fr;gap:2px 8px;padding:7px 0;border-bottom:1px solid var(--vdc-hairline)}
ol.found .num{color:var(--vdc-muted);font-size:12.5px;padding-top:1px;white-space:nowrap}
ol.found p{margin:0;max-width:none;overflow-wrap:anywhere}
ol.found .meta{font-size:12.5px;color:var(--vdc-muted);margin-top:2px;overflow-wrap:anywhere}
.sev{white-space:nowrap}
ul.plain{margin:4px 0 12px;padding-left:20px}
ul.plain li{margin:2px 0;overflow-wrap:anywhere}
.refs{font-size:13px}
ol.notes{columns:2;column-gap:32px;padding-left:0;list-style-position:inside;font-size:12px;margin:8px 0}
ol.notes>li{margin:0 0 8px;overflow-wrap:anywhere}
ol.notes ul{list-style:none;margin:0;padding:0 0 0 14px}
ol.notes .d1{padding-left:12px}ol.notes .d2{padding-left:24px}ol.notes .d3{padding-left:36px}
ol.notes .place{white-space:normal;font-size:inherit}
.back{text-decoration:none;color:var(--vdc-muted)}
footer{margin-top:40px;color:var(--vdc-muted);font-size:12px}
.marks{position:absolute}
:target{background:var(--vdc-track)}
@media (max-width:720px){main{padding:20px 14px}.tiles{grid-template-columns:repeat(2,1fr)}ol.notes{columns:1}.wide{overflow-x:auto}}
@page{size:A4;margin:15mm 14mm 16mm}
@media print{
body{font-size:9.5pt;background:#fff;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:none;padding:0}
nav,.back{display:none}
h1{font-size:20pt}h2{font-size:14pt;margin-top:22pt;padding-top:8pt}h3{font-size:11pt;margin-top:14pt}h4{font-size:9.5pt}
h1,h2,h3,h4,caption,.about{break-after:avoid}
ol.notes ul{break-before:avoid}p,li{orphans:3;widows:3}
table,.about,.sub,.key{font-size:8.5pt}tbody th,tfoot td,tfoot th{font-size:8.5pt}th{font-size:8pt}
.small,.line,.place{font-size:7.5pt}
.verdict{font-size:11.5pt}
.tiles b{font-size:13pt}.tiles .t,.tiles .s{font-size:8.5pt}
tr,ol.found>li,.tiles li,.course,.chart,.diagram svg{break-inside:avoid}
thead{display:table-header-group}
.diagram svg{max-height:225mm;margin:0 auto}
.courses{grid-template-columns:repeat(2,1fr)}
ol.notes{font-size:7.5pt;column-gap:7mm}
a{text-decoration:none}
.page{break-before:page}
:target{background:none}
}
`;
