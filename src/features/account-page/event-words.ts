import { msg } from '@lit/localize';
import type { AccountEvent } from '../../../server/contract/account-story.js';
import { codeName } from '../../i18n/words.js';

/** What happened, in a few words. */
export function eventTitle({ kind, channel }: AccountEvent): string {
  const titles: Readonly<Record<AccountEvent['kind'], string>> = {
    order: channel ? `${msg('Order')}, ${codeName(channel)}` : msg('Order'),
    edit: msg('Corrected'),
    bulk: msg('Changed with others'),
    undo: msg('Change taken back'),
    merge: msg('Merged with a duplicate'),
    unmerge: msg('Merge taken back'),
    created: msg('Created'),
    imported: msg('Imported'),
  };
  return titles[kind];
}

/** Name of a column of the audit trail. */
export function fieldName(field: string): string {
  const names: Readonly<Record<string, string>> = {
    name: msg('Name'),
    kind: msg('Kind'),
    lifecycle: msg('Lifecycle'),
    segment: msg('Segment'),
    owner_id: msg('Owner'),
    tags: msg('Tags'),
    email: msg('E-mail'),
    phone: msg('Phone'),
    website: msg('Website'),
    street: msg('Street'),
    house_number: msg('House number'),
    postcode: msg('Postcode'),
    city: msg('City'),
    country: msg('Country'),
    external_id: msg('External id'),
    point: msg('Place on the map'),
  };
  return names[field] ?? field;
}
