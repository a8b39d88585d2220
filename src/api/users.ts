import type { NewUserBody, User, UserPatchBody } from '../../server/contract/users.js';
import { get, patch, post } from './client.js';

/** All people; for administrators. */
export function listUsers(signal?: AbortSignal): Promise<readonly User[]> {
  return get<readonly User[]>('/api/users', { signal });
}

export function createUser(body: NewUserBody): Promise<User> {
  return post<User>('/api/users', { body });
}

export function updateUser(id: string, changes: UserPatchBody): Promise<User> {
  return patch<User>(`/api/users/${id}`, { body: changes });
}
