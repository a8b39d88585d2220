import type { SqlParameters } from './sql-parameters.js';

/**
 * SQL condition: whether `userId` may see a row of the table behind `alias`, which has `owner_id` and `sharing`
 * (`me`, `team` or `everyone`). Team members are those whose `app.users.team` is the owner's.
 */
export function sharedWith(alias: string, userId: string, parameters: SqlParameters): string {
  const me = parameters.add(userId);
  return `(${alias}.owner_id = ${me} OR ${alias}.sharing = 'everyone' OR (${alias}.sharing = 'team' AND EXISTS (
    SELECT FROM app.users me JOIN app.users owner ON owner.team = me.team
    WHERE me.id = ${me} AND owner.id = ${alias}.owner_id)))`;
}
