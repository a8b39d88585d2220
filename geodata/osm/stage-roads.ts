import type { ImportContext } from '../importer.js';
import { barrierOf } from '../roads/barrier.js';
import { ferryTravel, roadTravel, type RoadTravel } from '../roads/road-travel.js';
import { classifyRoad, isFerry, type RoadAttributes } from './classify-road.js';
import type { OsmNode, OsmWay } from './elements.js';
import type { ExtractTally } from './layer-tally.js';
import type { NodeIndex } from './node-index.js';
import { RoadSurvey } from './road-survey.js';
import { splitRoad } from './split-road.js';
import type { StagingWriter } from './staging-writer.js';
import { lineHex } from './wkb.js';

export type RoadStaging = {
  readonly context: ImportContext;
  readonly writer: StagingWriter;
  readonly nodes: NodeIndex;
  readonly tally: ExtractTally;
  /** ISO 3166 code of the country whose limits count where none is tagged. */
  readonly country: () => string | undefined;
};

/** Stages roads and ferries, the parts between their junctions, and the barriers on them. */
export class RoadStager {
  readonly #staging: RoadStaging;
  readonly #blocked = new Set<number>();
  readonly survey = new RoadSurvey();

  constructor(staging: RoadStaging) {
    this.#staging = staging;
  }

  /** Stages the barrier that stands at a node of a road, if there is one; all nodes come before the ways. */
  addNode({ id, tags }: OsmNode): void {
    const { nodes, writer } = this.#staging;
    if (tags?.['barrier'] === undefined || !nodes.isOfRoad(id)) return;
    const barrier = barrierOf(tags);
    if (!barrier) return;
    this.survey.addBarrier(barrier.kind);
    if (barrier.blockedModes === 0) return;
    this.#blocked.add(id);
    writer.add('barriers', [id, barrier.kind, barrier.blockedModes]);
  }

  /** Stages a way that is a road; says whether it was one that could be staged. */
  async addWay(way: OsmWay): Promise<boolean> {
    const { writer, nodes, tally, country } = this.#staging;
    const tags = way.tags ?? {};
    const road = classifyRoad(tags);
    if (!road) return false;
    tally.find(['roads'], 'way');
    const { refs, positions } = nodes.locate(way.refs);
    if (positions.length < 2) {
      const reason = 'the road has fewer than two nodes in the file';
      tally.leaveOut(['roads'], reason);
      await this.#staging.context.issues.reject({
        line: way.id,
        field: 'way',
        value: null,
        reason,
      });
      return false;
    }
    if (positions.length < way.refs.length) await this.#warnMissing(way, positions.length);
    const sourceKey = `way/${way.id}`;
    writer.add('roads', [sourceKey, ...roadValues(road), lineHex(positions)]);
    const travel = isFerry(tags) ? ferryTravel(tags) : roadTravel(tags, country());
    writer.add('travel', [sourceKey, ...travelValues(travel)]);
    this.survey.addRoad(tags, travel.evidence, road.oneWay === 'reversible');
    const isEnd = (id: number) => nodes.isJunction(id) || this.#blocked.has(id);
    splitRoad(refs, isEnd).forEach(({ first, last }, sequence) => {
      const geometry = lineHex(positions.slice(first, last + 1));
      writer.add('edges', [sourceKey, sequence, refs[first], refs[last], geometry]);
    });
    return true;
  }

  async #warnMissing(way: OsmWay, known: number): Promise<void> {
    const reason = `${way.refs.length - known} of ${way.refs.length} nodes are missing; the road is shorter`;
    const issue = { line: way.id, field: 'way', value: null, reason };
    await this.#staging.context.issues.warn(issue);
  }
}

/** In the order of the columns in layers.ts. */
function roadValues(road: RoadAttributes) {
  const { name, ref, surface, smoothness, condition, conditionSource, maxSpeedKmh } = road;
  return [
    ...[road.class, name, ref, surface, smoothness, condition, conditionSource, maxSpeedKmh],
    ...[road.oneWay, road.lanes, road.toll, road.bridge, road.tunnel],
  ];
}

/** In the order of the columns in layers.ts. */
function travelValues({ carUrban, carRural, bicycle, ...travel }: RoadTravel) {
  return [
    ...[carUrban.forward, carUrban.backward, carRural.forward, carRural.backward],
    ...[bicycle.forward, bicycle.backward, travel.footKmh],
    ...[travel.limitedModes, travel.builtUp, travel.durationS],
  ];
}
