import { hashPassword } from 'better-auth/crypto';
import {
  assignRegions,
  createUser,
  findUnknownRegions,
  hasAdministrator,
  updateUser,
} from '../../auth/users.repository.js';
import type { NewUserBody, UserPatchBody } from '../../contract/users.js';
import type { Database } from '../../db/database.js';
import { AppError } from '../../errors.js';

/** Creates a user who signs in with this e-mail address and password; answers the id. */
export async function addUser(
  database: Database,
  { name, email, password, role }: NewUserBody,
): Promise<string> {
  const passwordHash = await hashPassword(password);
  return database.transaction((client) => createUser(client, { name, email, role, passwordHash }));
}

/**
 * Changes name, role, team or regions of a user.
 *
 * Throws not_found for an unknown user, validation for unknown regions, and conflict where nobody would be left
 * to administer the project.
 */
export async function changeUser(
  database: Database,
  userId: string,
  { regionIds, ...fields }: UserPatchBody,
): Promise<void> {
  await database.transaction(async (client) => {
    // Of two administrators who demote each other at once, the second waits here and is refused below.
    await client.query('LOCK TABLE app.users IN SHARE ROW EXCLUSIVE MODE');
    const hadAdministrator = await hasAdministrator(client);
    if (!(await updateUser(client, userId, fields))) {
      throw new AppError('not_found', 'There is no such user.');
    }
    if (hadAdministrator && !(await hasAdministrator(client))) {
      throw new AppError(
        'conflict',
        'Somebody must remain administrator. Appoint another one first.',
      );
    }
    if (regionIds === undefined) return;
    const unknown = await findUnknownRegions(client, regionIds);
    if (unknown.length > 0) {
      const sentence = `There is no region ${unknown.join(', ')}.`;
      throw new AppError('validation', sentence, { fields: { regionIds: sentence } });
    }
    await assignRegions(client, userId, regionIds);
  });
}
