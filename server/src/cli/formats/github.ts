import type { Report, Severity } from '../report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** The report as workflow commands, which GitHub shows beside the lines of a pull request. */
export function formatGithub(report: Report): string {
  return report.findings
    .map(({ severity, file, range, rule, message }) => {
      const place = {
        file,
        line: range.start.line,
        endLine: range.end.line,
        col: range.start.column,
        endColumn: range.end.column,
        title: rule,
      };
      const properties = Object.entries(place).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(message)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
