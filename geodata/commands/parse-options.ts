import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { z } from 'zod';
import { UsageError } from './command.js';

type OptionConfig = NonNullable<ParseArgsConfig['options']>;

export type ParsedArguments = {
  readonly positionals: readonly string[];
  /** Values by the names of the schema; those not given are left out. */
  readonly values: Readonly<Record<string, unknown>>;
};

type OptionKind = 'flag' | 'pairs' | 'text';

/**
 * Parses arguments by a schema of options: `levelName` is `--level-name`, a boolean is a flag, a record
 * is `--statistics NAME=VALUE`, as often as needed. The values are checked by the schema later.
 *
 * @throws UsageError where an option is not known or lacks its value
 */
export function parseOptions(args: readonly string[], schema: z.ZodObject): ParsedArguments {
  const kinds = optionKinds(schema);
  const config: OptionConfig = {};
  for (const [name, kind] of kinds) {
    config[toKebab(name)] =
      kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: kind === 'pairs' };
  }
  const parsed = parse(args, config);
  const values: Record<string, unknown> = {};
  for (const [name, kind] of kinds) {
    const value = parsed.values[toKebab(name)];
    if (value !== undefined) values[name] = kind === 'pairs' ? toRecord(name, value) : value;
  }
  return { positionals: parsed.positionals, values };
}

function parse(args: readonly string[], options: OptionConfig) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function optionKinds(schema: z.ZodObject): Map<string, OptionKind> {
  const entries = Object.entries(schema.shape as Record<string, z.ZodType>);
  return new Map(entries.map(([name, type]) => [name, kindOf(type)]));
}

function kindOf(type: z.ZodType): OptionKind {
  const { def } = type as unknown as { def: { type: string; innerType?: z.ZodType } };
  if (def.innerType) return kindOf(def.innerType);
  if (def.type === 'boolean') return 'flag';
  return def.type === 'record' ? 'pairs' : 'text';
}

function toRecord(name: string, value: unknown): Record<string, string> {
  const pairs = (value as string[]).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--${toKebab(name)} is given as NAME=VALUE, not ${pair}.`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return Object.fromEntries(pairs);
}

/** The options of a schema as lines of help. */
export function describeOptions(schema: z.ZodObject): string {
  const shape = schema.shape as Record<string, z.ZodType>;
  const kinds = optionKinds(schema);
  const lines = Object.entries(shape).map(([name, type]) => {
    const value = { flag: '', pairs: ' NAME=VALUE', text: ' VALUE' }[kinds.get(name) ?? 'text'];
    const needed = type.safeParse(undefined).success ? '' : ' (required)';
    return `  ${`--${toKebab(name)}${value}`.padEnd(26)} ${descriptionOf(type)}${needed}`.trimEnd();
  });
  return lines.join('\n');
}

function descriptionOf(type: z.ZodType): string {
  const { def } = type as unknown as { def: { innerType?: z.ZodType } };
  return type.description ?? (def.innerType ? descriptionOf(def.innerType) : '');
}

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
