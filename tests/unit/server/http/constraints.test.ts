import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from '../../../../server/db/database-away.js';
import { explainConstraint } from '../../../../server/http/constraints.js';

const databaseError = (fields: object) => Object.assign(new Error('from the database'), fields);

describe('violated constraints', () => {
  it('become a sentence for a field', () => {
    const error = explainConstraint(
      databaseError({ code: '23505', constraint: 'users_email_key' }),
    );

    expect(error).toMatchObject({
      code: 'conflict',
      details: { fields: { email: error!.message } },
    });
  });

  it('stay unexplained when they are of no concern to a person', () => {
    expect(explainConstraint(databaseError({ code: '23505', constraint: 'sessions_pkey' }))).toBe(
      undefined,
    );
    expect(explainConstraint(new Error('something else'))).toBe(undefined);
  });
});

describe('a database that is away', () => {
  it.each(['ECONNREFUSED', 'ENOENT', '57P01', '08006', '54001', '53300'])(
    'is known by %s',
    (code) => {
      expect(isDatabaseAway(databaseError({ code }))).toBe(true);
    },
  );

  it('is not confused with a wrong statement', () => {
    expect(isDatabaseAway(databaseError({ code: '42601' }))).toBe(false);
    expect(isDatabaseAway('a text')).toBe(false);
  });
});
