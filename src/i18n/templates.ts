import type { TemplateMap } from '@lit/localize/internal/types.js';
import { generateMsgId } from '@lit/localize/internal/id-generation.js';

/**
 * Turns a table of English sentence → translation into the templates of @lit/localize. Values are
 * written `{0}`, `{1}` in the order of the English sentence; the translation may reorder them.
 */
export function toTemplates(table: Readonly<Record<string, string>>): TemplateMap {
  return Object.fromEntries(
    Object.entries(table).map(([english, translation]) => {
      const id = generateMsgId(splitValues(english).strings, false);
      const { strings, values } = splitValues(translation);
      if (values.length === 0) return [id, translation];
      return [id, { strTag: true as const, strings: toTemplateStrings(strings), values }];
    }),
  );
}

function splitValues(sentence: string): { strings: string[]; values: number[] } {
  return {
    strings: sentence.split(/\{\d+\}/),
    values: [...sentence.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])),
  };
}

function toTemplateStrings(strings: string[]): TemplateStringsArray {
  return Object.assign([...strings], { raw: strings });
}
