import type { ImportContext } from '../importer.js';
import { areaLayers } from './area-feature.js';
import { outerWays, type AreaRelation } from './area-relations.js';
import { assembleArea } from './area-rings.js';
import type { OsmWay } from './elements.js';
import { stageArea } from './feature-rows.js';
import type { ExtractTally } from './layer-tally.js';
import type { NodeIndex } from './node-index.js';
import type { StagingWriter } from './staging-writer.js';
import type { Tags } from './tags.js';
import { multiPolygonHex } from './wkb.js';

export type AreaStaging = {
  readonly context: ImportContext;
  readonly writer: StagingWriter;
  readonly nodes: NodeIndex;
  readonly tally: ExtractTally;
  /** Ways that are part of an area, kept until the areas are put together. */
  readonly memberIds: ReadonlySet<number>;
  /** Outer ways whose tags belong to their relation. */
  readonly lentTags: ReadonlySet<number>;
};

/** Stages the features that closed ways and multipolygons are. */
export class AreaStager {
  readonly #staging: AreaStaging;
  readonly #members = new Map<number, OsmWay>();

  constructor(staging: AreaStaging) {
    this.#staging = staging;
  }

  async addWay(way: OsmWay): Promise<void> {
    const { memberIds, lentTags, tally, nodes, writer } = this.#staging;
    if (memberIds.has(way.id)) this.#members.set(way.id, way);
    const tags = way.tags ?? {};
    const layers = areaLayers(tags);
    if (layers.length === 0) return;
    tally.find(layers, 'way');
    if (lentTags.has(way.id)) {
      tally.leaveOut(layers, 'its tags are those of a multipolygon');
      return;
    }
    if (way.refs.length < 4 || way.refs[0] !== way.refs.at(-1)) {
      tally.leaveOut(layers, 'the outline is not closed');
      if (layers.includes('buildings'))
        await this.#reject(way, 'the outline of the building is not closed');
      return;
    }
    const { positions } = nodes.locate(way.refs);
    if (positions.length < way.refs.length) {
      const missing = way.refs.length - positions.length;
      tally.leaveOut(layers, 'nodes are missing');
      await this.#reject(way, `${missing} of ${way.refs.length} nodes of the outline are missing`);
      return;
    }
    const geometry = multiPolygonHex([[positions]]);
    stageArea(writer, { sourceKey: `way/${way.id}`, tags, geometry });
  }

  /** Puts a multipolygon together; all ways have been added. */
  async addRelation(area: AreaRelation): Promise<void> {
    const { nodes, writer, tally } = this.#staging;
    const { issues } = this.#staging.context;
    const tags = area.tags ?? this.#lentTags(area);
    if (!tags) return;
    const layers = areaLayers(tags);
    const { polygons, problems } = assembleArea(area, {
      refsOf: (way) => this.#members.get(way)?.refs,
      positionsOf: (refs) => nodes.locate(refs).positions,
    });
    const told = { line: area.id, field: 'relation', value: null };
    if (polygons.length === 0) {
      const reason = ['the area has no closed outer ring', ...problems].join('; ');
      if (area.tags) tally.leaveOut(layers, 'the area has no closed outer ring');
      await issues.reject({ ...told, reason });
      return;
    }
    for (const reason of problems) await issues.warn({ ...told, reason });
    if (!area.tags) tally.addByTagsOfMembers(layers);
    const geometry = multiPolygonHex(polygons);
    stageArea(writer, { sourceKey: `relation/${area.id}`, tags, geometry });
  }

  /** In the old style the area is what its first outer way with a meaning says. */
  #lentTags(area: AreaRelation): Tags | undefined {
    return outerWays(area)
      .map((id) => this.#members.get(id)?.tags ?? {})
      .find((tags) => areaLayers(tags).length > 0);
  }

  async #reject(way: OsmWay, reason: string): Promise<void> {
    const { issues } = this.#staging.context;
    await issues.reject({ line: way.id, field: 'way', value: null, reason });
  }
}
