import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainMarkdown } from '../../client/src/plain-markdown.ts';

test('what means something in Markdown is escaped, and nothing else', () => {
  assert.equal(plainMarkdown('3680 IOPS of esx_1 ü'), '3680 IOPS of esx\\_1 ü');
  assert.equal(plainMarkdown('[a](b) <b> `c` $(x) **d**'), '\\[a\\]\\(b\\) \\<b\\> \\`c\\` \\$\\(x\\) \\*\\*d\\*\\*');
});
