import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Database } from '../db/database.js';
import { policyFor } from '../policy/row-policy.js';
import type { Auth } from './auth.js';
import type { Principal } from './principal.js';
import { narrowerRole, verifyToken } from './tokens.js';
import { findMember } from './users.repository.js';

const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 5_000;

export type Recognised = {
  readonly principal: Principal | null;
  /** Cookies to send along: a session that was prolonged. */
  readonly setCookies: readonly string[];
};

const nobody: Recognised = { principal: null, setCookies: [] };

/**
 * Recognises who sent a request, by bearer token or session cookie.
 *
 * Remembers an answer for five seconds, because a map asks for many tiles at once. `forget` drops all of them
 * at once and is called by everything that changes users, sessions or tokens; another server process follows
 * within those five seconds.
 */
export class Principals {
  readonly #database: Database;
  readonly #auth: Auth;
  readonly #now: () => number;
  readonly #remembered = new Map<string, { until: number; principal: Principal }>();
  /** Counts calls of `forget`: an answer begun before one must not be remembered after it. */
  #generation = 0;

  constructor(database: Database, auth: Auth, now: () => number = Date.now) {
    this.#database = database;
    this.#auth = auth;
    this.#now = now;
  }

  /** Who it was, where the same proof was recognised within five seconds. */
  remembered(headers: IncomingHttpHeaders): Principal | undefined {
    const key = keyOf(headers);
    const entry = key === undefined ? undefined : this.#remembered.get(key);
    return entry !== undefined && entry.until > this.#now() ? entry.principal : undefined;
  }

  async recognise(headers: IncomingHttpHeaders): Promise<Recognised> {
    const key = keyOf(headers);
    if (key === undefined) return nobody;
    const remembered = this.remembered(headers);
    if (remembered !== undefined) return { principal: remembered, setCookies: [] };
    const generation = this.#generation;
    const recognised = await (headers.authorization
      ? this.#byToken(headers.authorization)
      : this.#bySession(headers));
    if (recognised.principal !== null && generation === this.#generation) {
      this.#remember(key, recognised.principal);
    }
    return recognised;
  }

  /** Call after any change of users, sessions, tokens or assigned regions. */
  forget(): void {
    this.#generation += 1;
    this.#remembered.clear();
  }

  #remember(key: string, principal: Principal): void {
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(key, { until: this.#now() + REMEMBER_MS, principal });
  }

  async #byToken(authorization: string): Promise<Recognised> {
    const token = bearerOf(authorization);
    const verified = token === undefined ? undefined : await verifyToken(this.#database, token);
    if (!verified) return nobody;
    if (verified.userId === null) {
      const userId = `service:${verified.id}`;
      const policy = policyFor({ userId, role: verified.role, regionIds: [] });
      const { name, role } = verified;
      return {
        principal: { userId, name, email: null, role, policy, via: 'token' },
        setCookies: [],
      };
    }
    const member = await findMember(this.#database, verified.userId);
    if (!member) return nobody;
    const role = narrowerRole(verified.role, member.role);
    const policy = policyFor({ userId: member.id, role, regionIds: member.regionIds });
    const { id: userId, name, email } = member;
    return { principal: { userId, name, email, role, policy, via: 'token' }, setCookies: [] };
  }

  /** The library hides why it failed: asking the database waits for it, or throws what is wrong with it. */
  async #findSession(headers: Headers) {
    const ask = () => this.#auth.api.getSession({ headers, returnHeaders: true });
    try {
      return await ask();
    } catch {
      await this.#database.row('SELECT 1');
      return ask();
    }
  }

  async #bySession(headers: IncomingHttpHeaders): Promise<Recognised> {
    const found = await this.#findSession(fromNodeHeaders(headers));
    if (!found.response) return nobody;
    const member = await findMember(this.#database, found.response.user.id);
    if (!member) return nobody;
    const { id: userId, name, email, role, regionIds } = member;
    const policy = policyFor({ userId, role, regionIds });
    return {
      principal: { userId, name, email, role, policy, via: 'session' },
      setCookies: found.headers.getSetCookie(),
    };
  }
}

function keyOf({ authorization, cookie }: IncomingHttpHeaders): string | undefined {
  const proof = authorization || cookie;
  return proof && createHash('sha256').update(proof).digest('base64');
}

/** The token of `Bearer <token>`, or of the bare token that Cube's own client sends. */
function bearerOf(authorization: string): string | undefined {
  return /^(?:Bearer +)?(\S+)$/i.exec(authorization)?.[1];
}
