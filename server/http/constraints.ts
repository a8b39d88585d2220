import { AppError, type ErrorCode } from '../errors.js';

type Explanation = {
  readonly code: ErrorCode;
  readonly field: string;
  readonly sentence: string;
};

const explanations: Readonly<Record<string, Explanation>> = {
  users_email_key: {
    code: 'conflict',
    field: 'email',
    sentence: 'Somebody already signs in with this e-mail address.',
  },
  users_name_check: { code: 'validation', field: 'name', sentence: 'Give a name.' },
  users_role_check: { code: 'validation', field: 'role', sentence: 'Choose one of the roles.' },
  selections_name_check: {
    code: 'validation',
    field: 'name',
    sentence: 'Give the selection a name.',
  },
  api_tokens_name_check: { code: 'validation', field: 'name', sentence: 'Give the token a name.' },
  api_tokens_user_id_fkey: {
    code: 'conflict',
    field: 'user',
    sentence: 'This user was removed meanwhile.',
  },
  accounts_external_id_key: {
    code: 'conflict',
    field: 'externalId',
    sentence: 'Another account already has this external id.',
  },
  accounts_lifecycle_check: {
    code: 'validation',
    field: 'lifecycle',
    sentence: 'Choose lead, prospect, customer or former.',
  },
  accounts_kind_check: {
    code: 'validation',
    field: 'kind',
    sentence: 'Choose person or organisation.',
  },
  accounts_placed_check: {
    code: 'validation',
    field: 'point',
    sentence: 'A placed account needs a point and one that is not placed has none.',
  },
  accounts_region_id_fkey: {
    code: 'conflict',
    field: 'region',
    sentence: 'The regions changed meanwhile; try again.',
  },
};

const constraintViolations = new Set(['23503', '23505', '23514']);

/** The error a person can understand behind a violated constraint; undefined for any other error. */
export function explainConstraint(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return undefined;
  const { code, constraint } = error;
  if (typeof code !== 'string' || !constraintViolations.has(code)) return undefined;
  const explanation = explanations[String(constraint)];
  if (!explanation) return undefined;
  return new AppError(explanation.code, explanation.sentence, {
    fields: { [explanation.field]: explanation.sentence },
  });
}
