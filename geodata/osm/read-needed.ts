import type { ImportContext } from '../importer.js';
import { isAreaFeature } from './area-feature.js';
import { toAreaRelation, type AreaRelation } from './area-relations.js';
import { classifyRoad } from './classify-road.js';
import { NodeIdList, NodeIndex } from './node-index.js';
import { readPbf } from './read-pbf.js';

export type Relations = {
  readonly areas: readonly AreaRelation[];
  /** Ways that are part of an area, kept until the areas are put together. */
  readonly memberIds: ReadonlySet<number>;
  /** Outer ways whose tags belong to their relation. */
  readonly lentTags: ReadonlySet<number>;
};

/** First pass: the areas among the relations, and the ways that they need. */
export async function readRelations(path: string, context: ImportContext): Promise<Relations> {
  const { progress, signal } = context;
  progress.stage('Reading relations');
  const areas: AreaRelation[] = [];
  const onFraction = (fraction: number) => progress.fraction(fraction);
  for await (const block of readPbf(path, { tagsOf: ['relation'], signal, onFraction })) {
    for (const element of block) {
      const area = element.type === 'relation' ? toAreaRelation(element) : undefined;
      if (area) areas.push(area);
    }
  }
  return {
    areas,
    memberIds: new Set(areas.flatMap((area) => [...area.outers, ...area.inners])),
    lentTags: new Set(areas.flatMap((area) => (area.tags ? [] : area.outers))),
  };
}

/** Second pass: the nodes of every way that is a feature or part of one. */
export async function readNeededNodes(
  path: string,
  context: ImportContext,
  { memberIds }: Relations,
): Promise<NodeIndex> {
  const { progress, signal } = context;
  progress.stage('Reading ways');
  const needed = new NodeIdList();
  const ofRoads = new NodeIdList();
  const onFraction = (fraction: number) => progress.fraction(fraction);
  for await (const block of readPbf(path, { tagsOf: ['way'], signal, onFraction })) {
    for (const element of block) {
      if (element.type !== 'way') continue;
      const isRoad = classifyRoad(element.tags ?? {}) !== undefined;
      if (!isRoad && !memberIds.has(element.id) && !isAreaFeature(element.tags ?? {})) continue;
      for (const ref of element.refs) {
        needed.add(ref);
        if (isRoad) ofRoads.add(ref);
      }
    }
  }
  return new NodeIndex(needed, ofRoads);
}
