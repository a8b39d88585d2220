import { listSavedViews } from '../api/saved-views.js';
import { Resource } from './resource.js';
import { sessionStore } from './session.js';

/** The saved views that the person signed in may open; reload after a change. */
export const savedViews = new Resource(
  () =>
    sessionStore.state.status === 'signed-in' ? sessionStore.state.session.user.id : undefined,
  (_userId, signal) => listSavedViews(signal),
);
