import type { ImportContext } from '../importer.js';
import { toTurnRestriction } from '../roads/turn-restriction.js';
import { areaLayers, isAreaFeature } from './area-feature.js';
import { outerWays, toAreaRelation, type AreaRelation } from './area-relations.js';
import { classifyRoad } from './classify-road.js';
import type { CountryVotes } from './country-votes.js';
import type { OsmRelation } from './elements.js';
import type { ExtractTally } from './layer-tally.js';
import { NodeIdList, NodeIndex } from './node-index.js';
import { readElements } from './read-elements.js';
import { RestrictionStager } from './stage-restrictions.js';

export type Relations = {
  readonly areas: readonly AreaRelation[];
  /** Ways that are part of an area, kept until the areas are put together. */
  readonly memberIds: ReadonlySet<number>;
  /** Outer ways whose tags belong to their relation. */
  readonly lentTags: ReadonlySet<number>;
  readonly restrictions: RestrictionStager;
};

/** First pass: the areas and turn restrictions among the relations, and the ways that they need. */
export async function readRelations(
  path: string,
  { progress, signal, countRead }: Pick<ImportContext, 'progress' | 'signal' | 'countRead'>,
  tally: ExtractTally,
): Promise<Relations> {
  progress.stage('Reading relations');
  const areas: AreaRelation[] = [];
  const restrictions = new RestrictionStager();
  const onFraction = (fraction: number) => progress.fraction(fraction);
  for await (const block of readElements(path, { kinds: ['relation'], signal, onFraction })) {
    for (const element of block) {
      if (element.type !== 'relation') continue;
      addRestriction(restrictions, element);
      const area = toAreaRelation(element);
      if (area) areas.push(area);
      const layers = areaLayers(element.tags ?? {});
      tally.find(layers, 'relation');
      if (!area) tally.leaveOut(layers, 'the relation is no multipolygon');
    }
    countRead(block.length);
  }
  return {
    areas,
    memberIds: new Set(areas.flatMap((area) => area.members.map(({ way }) => way))),
    lentTags: new Set(areas.flatMap((area) => (area.tags ? [] : outerWays(area)))),
    restrictions,
  };
}

function addRestriction(restrictions: RestrictionStager, relation: OsmRelation): void {
  const finding = toTurnRestriction(relation);
  if (finding?.status === 'found') restrictions.add(finding.restriction);
  else if (finding) restrictions.leaveOut(relation.id, finding.isBroken, finding.reason);
}

/** Second pass: the nodes of every way that is a feature or part of one. */
export async function readNeededNodes(
  path: string,
  { progress, signal }: Pick<ImportContext, 'progress' | 'signal'>,
  { memberIds }: Relations,
  votes: CountryVotes,
): Promise<NodeIndex> {
  progress.stage('Reading ways');
  const needed = new NodeIdList();
  const ofRoads = new NodeIdList();
  const onFraction = (fraction: number) => progress.fraction(fraction);
  for await (const block of readElements(path, { kinds: ['way'], signal, onFraction })) {
    for (const element of block) {
      if (element.type !== 'way') continue;
      const tags = element.tags ?? {};
      votes.add(tags);
      const isRoad = classifyRoad(tags) !== undefined;
      if (!isRoad && !memberIds.has(element.id) && !isAreaFeature(tags)) continue;
      for (const ref of element.refs) {
        needed.add(ref);
        if (isRoad) ofRoads.add(ref);
      }
    }
  }
  return new NodeIndex(needed, ofRoads);
}
