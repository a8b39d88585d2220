import type { z } from 'zod';

/** An option of an importer as a form shows it. */
export type OptionField = {
  readonly name: string;
  readonly type: 'text' | 'number' | 'choice' | 'flag' | 'pairs';
  readonly description: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
  readonly default?: string;
};

type Definition = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly defaultValue?: unknown;
  readonly entries?: Readonly<Record<string, string>>;
};

/** The options of a schema as fields of a form, without those that are asked for in another way. */
export function optionFields(schema: z.ZodObject, without: ReadonlySet<string>): OptionField[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([name]) => !without.has(name))
    .map(([name, type]) => toField(name, type));
}

function toField(name: string, type: z.ZodType): OptionField {
  const core = coreOf(type);
  const given = defaultOf(type);
  return {
    name,
    type: kinds[core.type] ?? 'text',
    description: descriptionOf(type),
    required: !type.safeParse(undefined).success,
    ...(core.entries ? { choices: Object.keys(core.entries) } : {}),
    ...(typeof given === 'string' || typeof given === 'number' ? { default: String(given) } : {}),
  };
}

const kinds: Readonly<Record<string, OptionField['type']>> = {
  number: 'number',
  enum: 'choice',
  boolean: 'flag',
  record: 'pairs',
};

function definitionOf(type: z.ZodType): Definition {
  return type.def as unknown as Definition;
}

/** What is left of a type without default, optional and transform. */
function coreOf(type: z.ZodType): Definition {
  const definition = definitionOf(type);
  const inner = definition.innerType ?? definition.in;
  return inner ? coreOf(inner) : definition;
}

function defaultOf(type: z.ZodType): unknown {
  const { defaultValue, innerType } = definitionOf(type);
  return defaultValue ?? (innerType ? defaultOf(innerType) : undefined);
}

function descriptionOf(type: z.ZodType): string {
  const { innerType } = definitionOf(type);
  return type.description ?? (innerType ? descriptionOf(innerType) : '');
}
