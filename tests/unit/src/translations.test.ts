import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { fr } from '../../../src/i18n/fr.js';
import { nl } from '../../../src/i18n/nl.js';

const source = path.resolve(import.meta.dirname, '../../../src');

/** Every English sentence given to `msg()` in the browser code, values written `{0}`, `{1}`. */
function englishSentences(): Set<string> {
  const sentences = new Set<string>();
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(path.join(source, file), 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'msg' && node.arguments[0]) {
        sentences.add(sentenceOf(node.arguments[0], file));
      }
      node.forEachChild(visit);
    };
    visit(tree);
  }
  return sentences;
}

function sentenceOf(argument: ts.Expression, file: string): string {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (ts.isTaggedTemplateExpression(argument) && argument.tag.getText() === 'str') {
    const { template } = argument;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
    return template.templateSpans.reduce(
      (sentence, span, index) => `${sentence}{${index}}${span.literal.text}`,
      template.head.text,
    );
  }
  throw new Error(`${file}: msg() takes a string or str\`…\`, not ${argument.getText()}`);
}

const valuesOf = (sentence: string) => (sentence.match(/\{\d+\}/g) ?? []).sort();

describe.each([
  ['Dutch', nl],
  ['French', fr],
])('%s', (_language, table) => {
  const english = englishSentences();

  it('has every sentence of the application', () => {
    expect([...english].filter((sentence) => !table[sentence])).toEqual([]);
  });

  it('has no sentence that the application no longer says', () => {
    expect(Object.keys(table).filter((sentence) => !english.has(sentence))).toEqual([]);
  });

  it('keeps every value of a sentence', () => {
    const changed = Object.entries(table).filter(
      ([sentence, translation]) => `${valuesOf(sentence)}` !== `${valuesOf(translation)}`,
    );
    expect(changed).toEqual([]);
  });
});
