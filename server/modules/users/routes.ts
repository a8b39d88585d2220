import { z } from 'zod';
import type { AuthServices } from '../../auth/auth-services.js';
import { requireRole } from '../../auth/principal.js';
import { findMember, listMembers } from '../../auth/users.repository.js';
import { newUserBody, userPatchBody, userSchema } from '../../contract/users.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { addUser, changeUser } from './users.service.js';

const userParams = z.object({ id: z.string().min(1).max(100) });

/** Users, roles and assigned regions: for administrators. */
export async function userRoutes(
  app: App,
  { database }: AppDependencies,
  { principals }: AuthServices,
): Promise<void> {
  const tags = ['Users'];
  const onRequest = requireRole('administrator');

  const getUser = async (userId: string) => {
    const member = await findMember(database, userId);
    if (!member) throw new AppError('not_found', 'There is no such user.');
    return { ...member, regionIds: [...member.regionIds] };
  };

  app.get(
    '/api/users',
    { onRequest, schema: { tags, response: { 200: z.array(userSchema) } } },
    async () => {
      const members = await listMembers(database);
      return members.map((member) => ({ ...member, regionIds: [...member.regionIds] }));
    },
  );

  app.post(
    '/api/users',
    { onRequest, schema: { tags, body: newUserBody, response: { 201: userSchema } } },
    async (request, reply) => {
      const userId = await addUser(database, request.body);
      return reply.status(201).send(await getUser(userId));
    },
  );

  app.patch(
    '/api/users/:id',
    {
      onRequest,
      schema: { tags, params: userParams, body: userPatchBody, response: { 200: userSchema } },
    },
    async (request) => {
      const { id } = request.params;
      await changeUser(database, id, request.body);
      principals.forget();
      return getUser(id);
    },
  );
}
