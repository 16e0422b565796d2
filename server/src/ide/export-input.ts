import type { Steps } from '../base/steps.ts';
import type { ExportFinding, ExportInput } from '../exporters/input.ts';
import { positionAt } from '../language/syntax/positions.ts';
import { PAIN_POINTS } from '../rules/rule.ts';
import { checkDesign, type Finding, maturityOf } from '../rules/run.ts';
import { prepareTopology } from '../topology/build.ts';
import { diagnosticsOfProject } from './diagnostics.ts';
import { listed } from './findings.ts';
import { topologyOfProject } from './topology.ts';
import type { Project } from './workspace.ts';

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** What exports of a design are made of, in steps: the findings are those of the check, the picture that of the editor. */
export function* exportInput(project: Project): Steps<ExportInput> {
  const { design } = project;
  yield* prepareTopology(design);
  const graph = topologyOfProject(project);
  yield;
  const findings = findingsOf(project);
  const nameOf = namesIn(project);
  return {
    design,
    file: nameOf(design.root),
    nameOf,
    findings,
    silenced: checkDesign(design).findings.filter(({ silencedBy }) => silencedBy).length,
    painPoints: PAIN_POINTS,
    maturity: maturityOf(design),
    graph,
  };
}

function findingsOf(project: Project): readonly ExportFinding[] {
  const found = diagnosticsOfProject(project).flatMap((diagnostic): ExportFinding[] => {
    const { uri, from, code, painPoint, severity, message, figures, finding } = diagnostic;
    const file = project.design.files.get(uri);
    if (!file) return [];
    const { line, column } = positionAt(file.parsed, from);
    const { title, teams, owners } = listed(diagnostic);
    return [
      {
        rule: code,
        title,
        painPoint: painPoint ?? null,
        teams,
        owners,
        benefit: finding?.rule.benefit ?? '',
        severity,
        message,
        uri,
        line: line + 1,
        column: column + 1,
        entity: finding?.entity,
        figures,
        fixes: finding ? fixesOf(finding) : [],
      },
    ];
  });
  // Files and places keep their order.
  return found.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

function fixesOf(finding: Finding): readonly string[] {
  const own = finding.fixes().map(({ title }) => title);
  return finding.rule.remedy === 'plan' ? ['Move VMs until it fits', ...own] : own;
}

/** Files by the last part of their uris, and by as much before it as tells them apart. Where they lie on a machine is nobody else's business. */
function namesIn({ design }: Project): (uri: string) => string {
  const uris = [...new Set([design.root, ...design.files.keys()])];
  const tail = (uri: string, parts: number) => decoded(uri.split('/').slice(-parts).join('/'));
  const names = new Map<string, string>();
  for (const uri of uris) {
    let parts = 1;
    while (parts < 20 && uris.some((other) => other !== uri && tail(other, parts) === tail(uri, parts))) parts++;
    names.set(uri, tail(uri, parts));
  }
  return (uri) => names.get(uri) ?? tail(uri, 1);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
