import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Whether what is published is to be written anew instead of compared. */
export const isUpdate = process.env['UPDATE_TABLES'] === '1';

/** The text between the marks of a section of a document, and the same document with another text there. */
export async function publishedSection(file: string, section: string) {
  const absolute = path.join(root, file);
  const text = await readFile(absolute, 'utf8');
  const begin = `<!-- ${section} -->\n`;
  const end = `\n<!-- end of ${section} -->`;
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  if (from < begin.length || to < from) throw new Error(`${file} has no section ${section}.`);
  return {
    text: text.slice(from, to),
    replace: async (fresh: string) =>
      writeFormatted(absolute, text.slice(0, from) + fresh + text.slice(to)),
  };
}

/** Text as the formatter of the repository leaves it, so that both sides of a comparison look alike. */
export async function asPublished(text: string): Promise<string> {
  const formatted = await format(text, { parser: 'markdown', ...(await options()) });
  return formatted.trim();
}

async function writeFormatted(file: string, text: string): Promise<void> {
  await writeFile(file, await format(text, { filepath: file, ...(await options()) }));
}

async function options() {
  return (await resolveConfig(path.join(root, 'package.json'))) ?? {};
}
