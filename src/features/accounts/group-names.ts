import { msg } from '@lit/localize';
import type { TableGroupRow } from '../../../server/contract/account-table.js';
import { tableGroups, type TableGroup } from '../../../server/contract/table-columns.js';
import { filterTitle, filterValueName } from '../../i18n/words.js';
import { sessionStore } from '../../state/session.js';
import { filterNames } from '../../state/url-state.js';

/** What the table can be grouped by in this project, with a name for each. */
export function groupChoices(): { readonly value: TableGroup; readonly label: string }[] {
  return tableGroups.flatMap((value) => {
    const label = groupTitle(value);
    return label === undefined ? [] : [{ value, label }];
  });
}

/** Name of a grouping; undefined for a level of regions that the project does not have. */
export function groupTitle(group: TableGroup): string | undefined {
  const filter = filterNames.find((name) => name === group);
  if (filter) return filterTitle(filter);
  return sessionStore.current.project.levels.find(({ level }) => group === `region${level}`)?.name;
}

/** What a group is called. */
export function groupValueName(group: TableGroup, { value, label }: TableGroupRow): string {
  const filter = filterNames.find((name) => name === group);
  if (label !== null) return label;
  if (filter) return filterValueName(filter, value);
  return msg('In no region');
}
