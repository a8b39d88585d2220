/** What a mapped field may hold. */
export type FieldType = 'text' | 'number' | 'integer' | 'date' | 'timestamp' | 'choice';

/** A field that an importer takes from a row. */
export type Field = {
  readonly type: FieldType;
  /** A row without it is rejected. */
  readonly required?: boolean;
  /** Column names under which it is known, in English, Dutch, Portuguese, French and German. */
  readonly synonyms?: readonly string[];
  /** For `choice`: what is stored, and the words that mean it. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
};

export type Fields = Readonly<Record<string, Field>>;

export type FieldValue = string | number | null;
