import { getOwners } from '../api/accounts.js';
import type { Owner } from '../../server/contract/account-table.js';
import { Resource } from './resource.js';
import { sessionStore } from './session.js';

/** Everybody who may own accounts, once somebody is signed in. */
class Owners {
  readonly #list = new Resource(
    () => (sessionStore.state.status === 'signed-in' ? 'owners' : undefined),
    (_input, signal) => getOwners(signal),
  );

  /** Loads them where that was not done yet. */
  start(): void {
    this.#list.start();
  }

  get list(): readonly Owner[] {
    return this.#list.value ?? [];
  }

  nameOf(id: string): string | undefined {
    return this.list.find((owner) => owner.id === id)?.name;
  }
}

export const owners = new Owners();
