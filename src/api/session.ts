import type { Role } from '../../server/contract/role.js';
import type { Session } from '../../server/contract/session.js';
import { get, post } from './client.js';

/** The person signed in and the project; fails with 401 when nobody is. */
export function getSession(): Promise<Session> {
  return get<Session>('/api/session');
}

export async function signIn(email: string, password: string): Promise<void> {
  await post<unknown>('/api/auth/sign-in/email', { body: { email, password } });
}

/** Signs in as one of the demo's people; only demo projects have them. */
export async function startDemoSession(role: Role): Promise<void> {
  await post<unknown>('/api/demo-session', { body: { role } });
}

export async function signOut(): Promise<void> {
  await post<unknown>('/api/auth/sign-out', { body: {} });
}

export interface FirstAdministrator {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Creates the first administrator; the server refuses when there is one already. */
export async function createFirstAdministrator(body: FirstAdministrator): Promise<void> {
  await post<unknown>('/api/setup', { body });
}
