import type { MergeColumn } from '../loaders/merge-rows.js';

const isTaggedAsBefore = 't.tagged_housing_type = s.tagged_housing_type';

/**
 * How the housing type of staged buildings is merged, from a staged column `tagged_housing_type`: what was
 * derived stays for as long as the tag says the same, so that a repeated import changes nothing.
 */
export const housingColumns: Readonly<Record<string, MergeColumn>> = {
  tagged_housing_type: {},
  housing_type: {
    value: 'geo.housing_type_of_tag(s.tagged_housing_type)',
    keepWhen: isTaggedAsBefore,
  },
  housing_type_source: { value: `'tagged'`, keepWhen: isTaggedAsBefore },
  housing_type_confidence: { value: 'NULL::real', keepWhen: isTaggedAsBefore },
  housing_type_rule: { value: 'NULL::text', keepWhen: isTaggedAsBefore },
};
