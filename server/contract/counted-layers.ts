/** Layers whose rows are counted by class, and the attributes that classes are made of. */
export const countedAttributes = {
  land_cover: ['kind'],
  business_zones: ['kind'],
  buildings: ['housing_type'],
  roads: ['class', 'condition'],
  places: ['category'],
} as const;

export type CountedLayer = keyof typeof countedAttributes;

export const countedLayers = Object.keys(countedAttributes) as [CountedLayer, ...CountedLayer[]];
