/** A text as Markdown that shows it as it is. The editor's own `appendText` makes spaces at which no line breaks. */
export const plainMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]()<>#+.!~|&$-]/g, '\\$&');
