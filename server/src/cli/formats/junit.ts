import { countBySeverity, type Report, type ReportFinding } from '../report.ts';

/** The report as JUnit XML: a suite per file; errors fail, everything else is a case that passes and says so. */
export function formatJunit(report: Report): string {
  const suites = report.files.map((file) => {
    const findings = report.findings.filter((finding) => finding.file === file);
    const cases =
      findings.length > 0 ? findings.map(testCase) : [`    <testcase name="no findings" classname="${xml(file)}"/>`];
    const failures = countBySeverity(findings).error;
    return `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  const tests = report.files.reduce(
    (sum, file) => sum + Math.max(1, report.findings.filter((finding) => finding.file === file).length),
    0,
  );
  const failures = countBySeverity(report.findings).error;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vdc check" tests="${tests}" failures="${failures}">\n${suites.join('\n')}\n</testsuites>\n`;
}

function testCase({ rule, file, range, severity, message, entity }: ReportFinding): string {
  const place = `${file}:${range.start.line}:${range.start.column}`;
  const name = xml(`${rule} ${entity ?? `line ${range.start.line}`}`);
  const inside =
    severity === 'error'
      ? `<failure type="${rule}" message="${xml(message)}">${xml(place)}</failure>`
      : `<system-out>${xml(`${severity} ${place} ${message}`)}</system-out>`;
  return `    <testcase name="${name}" classname="${xml(file)}" file="${xml(file)}" line="${range.start.line}">${inside}</testcase>`;
}

/** Signs that XML 1.0 cannot hold, escaped or not, and others that no reader shows. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');
}
