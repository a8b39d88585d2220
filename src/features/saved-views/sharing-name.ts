import { msg } from '@lit/localize';
import type { Sharing } from '../../../server/contract/sharing.js';

export const sharings = ['me', 'team', 'everyone'] as const satisfies readonly Sharing[];

/** Who may open something that is kept, in words. */
export function sharingName(sharing: Sharing): string {
  return {
    me: msg('Only me'),
    team: msg('My team'),
    everyone: msg('Everyone with access'),
  }[sharing];
}
