/**
 * How often each rule of housing-rules.ts is right; made by fit-confidences.ts on the tagged buildings of
 * Liechtenstein (2015) and the centre of Amsterdam (2014), two of three cells of 500 m. A rule at 0 stays
 * silent. tests/real/housing-types.test.ts fits them anew and compares.
 */
export const ruleConfidence: Readonly<Record<string, number>> = {
  register_no_dwelling: 0.95,
  register_one_dwelling: 0.9,
  register_dwellings: 0.95,
  business_zone: 0.94,
  several_addresses: 0.85,
  institution: 0.97,
  free_standing_business: 0,
  many_storeys: 0.8,
  one_address: 0.98,
  tiny: 0.92,
  small_beside_larger: 0.89,
  pair: 0.73,
  row: 0.94,
  large_among_small: 0.7,
  small_and_lonely: 0.71,
  free_standing_house: 0.8,
  large_free_standing: 0.73,
};
