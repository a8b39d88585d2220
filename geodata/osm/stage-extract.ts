import { AppError } from '../../server/errors.js';
import type { ImportContext } from '../importer.js';
import { isAreaFeature } from './area-feature.js';
import type { AreaRelation } from './area-relations.js';
import { assemblePolygons, type Position, type Ring } from './assemble-polygons.js';
import { classifyRoad } from './classify-road.js';
import type { OsmNode, OsmWay } from './elements.js';
import { stageArea, stagePoint, stageRoad } from './feature-rows.js';
import { joinRings } from './join-rings.js';
import type { NodeIndex } from './node-index.js';
import { readNeededNodes, readRelations, type Relations } from './read-needed.js';
import { readPbf } from './read-pbf.js';
import { splitRoad } from './split-road.js';
import type { StagingWriter } from './staging-writer.js';
import type { Tags } from './tags.js';
import { lineHex, multiPolygonHex, pointHex } from './wkb.js';

/** Elements have no line in the file: issues tell their id instead. */
type Problem = {
  readonly line: number;
  readonly field: 'way' | 'relation';
  readonly reason: string;
};

/**
 * Reads an extract in three passes and stages its features: relations, to know the ways they need; ways,
 * to know the nodes they need; then everything, with only those nodes and ways in memory.
 */
export async function stageExtract(
  path: string,
  context: ImportContext,
  writer: StagingWriter,
): Promise<void> {
  const relations = await readRelations(path, context);
  const nodes = await readNeededNodes(path, context, relations);
  const stager = new ExtractStager(context, writer, relations, nodes);
  await stager.run(path);
  await writer.loadAll();
}

class ExtractStager {
  readonly #context: ImportContext;
  readonly #writer: StagingWriter;
  readonly #relations: Relations;
  readonly #nodes: NodeIndex;
  readonly #members = new Map<number, OsmWay>();

  constructor(
    context: ImportContext,
    writer: StagingWriter,
    relations: Relations,
    nodes: NodeIndex,
  ) {
    this.#context = context;
    this.#writer = writer;
    this.#relations = relations;
    this.#nodes = nodes;
  }

  async run(path: string): Promise<void> {
    const { progress, signal, countRead } = this.#context;
    progress.stage('Reading features');
    let hasWays = false;
    const onFraction = (fraction: number) => progress.fraction(fraction);
    for await (const block of readPbf(path, { tagsOf: ['node', 'way'], signal, onFraction })) {
      for (const element of block) {
        if (element.type === 'way') {
          hasWays = true;
          await this.#stageWay(element);
        } else if (element.type === 'node') {
          if (hasWays) throw notSorted();
          this.#stageNode(element);
        }
      }
      countRead(block.length);
      await this.#writer.loadFull();
    }
    for (const area of this.#relations.areas) await this.#stageRelation(area);
  }

  #stageNode({ id, lon, lat, tags }: OsmNode): void {
    this.#nodes.set(id, lon, lat);
    if (tags) {
      const geometry = pointHex([lon, lat]);
      stagePoint(this.#writer, { sourceKey: `node/${id}`, tags, geometry });
    }
  }

  async #stageWay(way: OsmWay): Promise<void> {
    const { memberIds, lentTags } = this.#relations;
    if (memberIds.has(way.id)) this.#members.set(way.id, way);
    if (!way.tags) return;
    await this.#stageRoad(way);
    if (!lentTags.has(way.id)) await this.#stageClosedWay(way);
  }

  async #stageRoad(way: OsmWay): Promise<void> {
    const road = classifyRoad(way.tags ?? {});
    if (!road) return;
    const { refs, positions } = this.#positions(way.refs);
    if (positions.length < 2) {
      await this.#reject(way, 'the road has fewer than two nodes in the file');
      return;
    }
    if (positions.length < way.refs.length) await this.#warnMissing(way, positions.length);
    const sourceKey = `way/${way.id}`;
    stageRoad(this.#writer, sourceKey, road, lineHex(positions));
    splitRoad(refs, (id) => this.#nodes.isJunction(id)).forEach(({ first, last }, sequence) => {
      const geometry = lineHex(positions.slice(first, last + 1));
      this.#writer.add('edges', [sourceKey, sequence, refs[first], refs[last], geometry]);
    });
  }

  async #stageClosedWay(way: OsmWay): Promise<void> {
    const tags = way.tags ?? {};
    if (!isAreaFeature(tags)) return;
    if (way.refs.length < 4 || way.refs[0] !== way.refs.at(-1)) {
      if (tags['building']) await this.#reject(way, 'the outline of the building is not closed');
      return;
    }
    const { positions } = this.#positions(way.refs);
    if (positions.length < way.refs.length) {
      const missing = way.refs.length - positions.length;
      await this.#reject(way, `${missing} of ${way.refs.length} nodes of the outline are missing`);
      return;
    }
    const geometry = multiPolygonHex([[positions]]);
    stageArea(this.#writer, { sourceKey: `way/${way.id}`, tags, geometry });
  }

  async #stageRelation(area: AreaRelation): Promise<void> {
    const tags = area.tags ?? this.#lentTags(area);
    if (!tags) return;
    const problem = (reason: string): Problem => ({ line: area.id, field: 'relation', reason });
    const outer = this.#rings(area.outers);
    const inner = this.#rings(area.inners);
    const warnings = [...outer.problems, ...inner.problems];
    const { polygons, strayHoles } = assemblePolygons(outer.rings, inner.rings);
    if (strayHoles > 0) warnings.push(`${strayHoles} inner rings lie in no outer ring`);
    if (polygons.length === 0) {
      await this.#context.issues.reject({
        ...problem(['the area has no closed outer ring', ...warnings].join('; ')),
        value: null,
      });
      return;
    }
    for (const reason of warnings) {
      await this.#context.issues.warn({ ...problem(reason), value: null });
    }
    const geometry = multiPolygonHex(polygons);
    stageArea(this.#writer, { sourceKey: `relation/${area.id}`, tags, geometry });
  }

  /** In the old style the area is what its first outer way with a meaning says. */
  #lentTags(area: AreaRelation): Tags | undefined {
    return area.outers
      .map((id) => this.#members.get(id)?.tags ?? {})
      .find((tags) => isAreaFeature(tags));
  }

  /** The closed rings that member ways make, and what is wrong with the others. */
  #rings(wayIds: readonly number[]): { rings: Ring[]; problems: string[] } {
    const ways = wayIds.flatMap((id) => this.#members.get(id) ?? []);
    const problems: string[] = [];
    if (ways.length < wayIds.length) {
      problems.push(`${wayIds.length - ways.length} of ${wayIds.length} member ways are missing`);
    }
    const joined = joinRings(ways.map((way) => way.refs));
    if (joined.openEnds.length > 0) {
      problems.push(`rings are open at nodes ${joined.openEnds.slice(0, 6).join(', ')}`);
    }
    const rings: Ring[] = [];
    for (const refs of joined.rings) {
      const { positions } = this.#positions(refs);
      if (positions.length === refs.length) rings.push(positions);
      else problems.push(`a ring misses ${refs.length - positions.length} nodes`);
    }
    return { rings, problems };
  }

  /** The nodes of a way that the file holds, with their coordinates. */
  #positions(refs: readonly number[]): { refs: number[]; positions: Position[] } {
    const known: number[] = [];
    const positions: Position[] = [];
    for (const ref of refs) {
      const position = this.#nodes.get(ref);
      if (!position) continue;
      known.push(ref);
      positions.push(position);
    }
    return { refs: known, positions };
  }

  async #reject(way: OsmWay, reason: string): Promise<void> {
    await this.#context.issues.reject({ line: way.id, field: 'way', value: null, reason });
  }

  async #warnMissing(way: OsmWay, known: number): Promise<void> {
    const reason = `${way.refs.length - known} of ${way.refs.length} nodes are missing; the road is shorter`;
    await this.#context.issues.warn({ line: way.id, field: 'way', value: null, reason });
  }
}

function notSorted(): AppError {
  return new AppError(
    'validation',
    'The extract is not sorted: nodes come after ways. Sort it with: osmium sort FILE -o SORTED.osm.pbf',
  );
}
