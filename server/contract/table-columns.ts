/** What the table of accounts can be sorted by; a minus turns the order round. */
export const tableSorts = [
  'name',
  'externalId',
  'kind',
  'lifecycle',
  'segment',
  'owner',
  'tags',
  'postcode',
  'city',
  'region',
  'housingType',
  'zoneKind',
  'roadClass',
  'placement',
  'customerSince',
  'lastOrdered',
  'revenue',
  'revenue12m',
  'updatedAt',
] as const;
export type TableSortName = (typeof tableSorts)[number];
export type TableSort = TableSortName | `-${TableSortName}`;

/** What accounts can be grouped by; `region1` and on are the levels of regions. */
export const tableGroups = [
  'lifecycle',
  'segment',
  'owner',
  'tag',
  'kind',
  'housingType',
  'zoneKind',
  'roadClass',
  'placement',
  'region1',
  'region2',
  'region3',
  'region4',
  'region5',
  'region6',
] as const;
export type TableGroup = (typeof tableGroups)[number];
