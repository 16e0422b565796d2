// A reporter for `node --test`: writes the counts of each test file as one JSON object a line, and nothing else.
const NONE = { passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };

export default async function* totals(events) {
  const byFile = new Map();
  const failed = new Set();
  for await (const { type, data } of events) {
    if (type === 'test:summary' && data.file !== undefined) byFile.set(data.file, data.counts);
    if (type === 'test:fail' && data.nesting === 0 && data.file !== undefined) failed.add(data.file);
  }
  // A file that cannot be loaded, or that crashes, fails without a failed test.
  for (const file of failed) {
    const counts = byFile.get(file) ?? NONE;
    if (counts.failed + counts.cancelled === 0) byFile.set(file, { ...counts, failed: 1 });
  }
  for (const [file, counts] of byFile) yield `${JSON.stringify({ file, counts })}\n`;
}
