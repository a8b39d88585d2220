import type { Status } from '../../server/contract/status.js';
import { get } from './client.js';

/** How the server and its parts are doing; open to everybody. */
export function getStatus(): Promise<Status> {
  return get<Status>('/api/status');
}
