import { pathToFileURL } from 'node:url';
import { RULES } from '../../rules/index.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Range, Report, Severity } from '../report.ts';
import { VERSION } from '../version.ts';
import { text } from './json.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** The report as SARIF 2.1.0, as code scanning services read it. */
export function formatSarif(report: Report): string {
  const ids = [...new Set(report.findings.map(({ rule }) => rule))].sort();
  return text({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'VDC Designer', version: VERSION, rules: ids.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        artifacts: report.files.map((file) => ({ location: { uri: uriOf(file) } })),
        results: report.findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [location(finding.file, finding.range)],
          ...(finding.related.length > 0
            ? {
                relatedLocations: finding.related.map((related, id) => ({
                  id,
                  ...location(related.file, related.range),
                  message: { text: related.message },
                })),
              }
            : {}),
          properties: { painPoint: finding.painPoint, entity: finding.entity },
        })),
      },
    ],
  });
}

function descriptor(id: string): object {
  const rule: Rule | undefined = RULES.find((candidate) => candidate.id === id);
  if (!rule) return { id, shortDescription: { text: `Mistake in the text: ${id.replaceAll('-', ' ')}` } };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: `${rule.why}\nSolving it: ${rule.benefit}.` },
    properties: { tags: [rule.painPoint, ...rule.owners] },
  };
}

function location(file: string, { start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
    },
  };
}

/** Relative where the file is named so, and without blanks or other signs that a uri cannot hold. */
function uriOf(file: string): string {
  if (file.startsWith('/')) return pathToFileURL(file).href;
  return file.split('/').map(encodeURIComponent).join('/');
}
