import type { Auth } from './auth.js';
import type { Principals } from './principals.js';

/** What routes about users, sessions and tokens need besides the common dependencies. */
export type AuthServices = {
  readonly auth: Auth;
  readonly principals: Principals;
};
