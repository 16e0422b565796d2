import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendMarkdownIt, type MarkdownIt } from '../../client/src/features/markdown/fence.ts';

const parser = (): MarkdownIt => ({
  options: { highlight: (code, language) => `<${language}>${code}` },
  utils: { escapeHtml: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') },
});
const shown = (code: string, language = 'vdc') => extendMarkdownIt(parser()).options.highlight?.(code, language, '');
const plain = (html = '') =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

test('words that begin a statement, numbers, strings and comments have colours', () => {
  assert.equal(
    shown('cluster prod { failover 1 host } // why'),
    '<span class="hljs-keyword">cluster</span> prod { <span class="hljs-keyword">failover</span> ' +
      '<span class="hljs-number">1</span> host } <span class="hljs-comment">// why</span>',
  );
  assert.equal(
    shown('  memory 8 GiB; monitor "a // b"'),
    '  <span class="hljs-keyword">memory</span> <span class="hljs-number">8 GiB</span>; ' +
      '<span class="hljs-keyword">monitor</span> <span class="hljs-string">"a // b"</span>',
  );
});

test('a name with digits is no number', () => {
  assert.ok(!shown('  esx-[01..04], web-2')?.includes('hljs'));
});

test('no character is lost, and none becomes markup', () => {
  const code = 'note "<b> & c"\nsubnet 10.1.10.0/24 {\n # <i>\n}\n';
  assert.equal(plain(shown(code)), code);
  assert.ok(!shown(code)?.includes('<b>'));
});

test('other languages are left to who knows them', () => {
  assert.equal(shown('x', 'js'), '<js>x');
  const without = { ...parser(), options: {} };
  assert.equal(extendMarkdownIt<MarkdownIt>(without).options.highlight?.('<', 'js', ''), '&lt;');
});
