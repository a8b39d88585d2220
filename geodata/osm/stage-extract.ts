import { AppError } from '../../server/errors.js';
import type { ImportContext } from '../importer.js';
import { areaLayers, pointLayers } from './area-feature.js';
import { CountryVotes } from './country-votes.js';
import type { OsmNode, OsmWay } from './elements.js';
import { stagePoint } from './feature-rows.js';
import { ExtractTally } from './layer-tally.js';
import { markForeignJunctions } from './foreign-junctions.js';
import type { NodeIndex } from './node-index.js';
import { readElements } from './read-elements.js';
import { readNeededNodes, readRelations, type Relations } from './read-needed.js';
import { AreaStager } from './stage-areas.js';
import type { RestrictionCounts } from './stage-restrictions.js';
import { RoadStager } from './stage-roads.js';
import type { StagingWriter } from './staging-writer.js';
import type { Tags } from './tags.js';
import { pointHex } from './wkb.js';

export type StagedExtract = {
  readonly tally: ExtractTally;
  /** ISO 3166 code, undefined where neither asked for nor told by the elements. */
  readonly country: string | undefined;
  readonly roads: Readonly<Record<string, unknown>>;
  readonly restrictions: RestrictionCounts;
};

/**
 * Reads an extract in three passes and stages its features: relations, to know the ways they need; ways,
 * to know the nodes they need; then nodes and ways, with only those nodes and ways in memory.
 *
 * `country` is that whose speed limits count; undefined finds it out.
 */
export async function stageExtract(
  path: string,
  context: ImportContext,
  writer: StagingWriter,
  { extractId, country }: { readonly extractId: number; readonly country?: string | undefined },
): Promise<StagedExtract> {
  const tally = new ExtractTally();
  const votes = new CountryVotes();
  const relations = await readRelations(path, context, tally);
  const nodes = await readNeededNodes(path, context, relations, votes);
  await markForeignJunctions(context.database, nodes, extractId);
  const stager = new ExtractStager({ context, writer, relations, nodes, tally, votes, country });
  await stager.run(path);
  const restrictions = await relations.restrictions.stage(context, writer);
  await writer.loadAll();
  const roads = stager.roads.survey.summary();
  return { tally, country: stager.country, roads, restrictions };
}

type Tools = {
  readonly context: ImportContext;
  readonly writer: StagingWriter;
  readonly relations: Relations;
  readonly nodes: NodeIndex;
  readonly tally: ExtractTally;
  readonly votes: CountryVotes;
  readonly country: string | undefined;
};

class ExtractStager {
  readonly #tools: Tools;
  readonly #areas: AreaStager;
  readonly roads: RoadStager;
  #country: string | undefined;

  constructor(tools: Tools) {
    const { memberIds, lentTags } = tools.relations;
    this.#tools = tools;
    this.#country = tools.country;
    this.#areas = new AreaStager({ ...tools, memberIds, lentTags });
    this.roads = new RoadStager({ ...tools, country: () => this.#country });
  }

  get country(): string | undefined {
    return this.#country;
  }

  async run(path: string): Promise<void> {
    const { context, relations, writer, votes } = this.#tools;
    const { progress, signal, countRead } = context;
    progress.stage('Reading features');
    let hasWays = false;
    const onFraction = (fraction: number) => progress.fraction(fraction);
    for await (const block of readElements(path, { kinds: ['node', 'way'], signal, onFraction })) {
      for (const element of block) {
        if (element.type === 'way') {
          if (!hasWays) this.#country ??= votes.winner();
          hasWays = true;
          await this.#addWay(element);
        } else if (element.type === 'node') {
          if (hasWays) throw notSorted();
          if (!this.#addNode(element)) await this.#reject(element);
        }
      }
      countRead(block.length);
      await writer.loadFull();
    }
    for (const area of relations.areas) await this.#areas.addRelation(area);
  }

  /** Says whether the node is somewhere; one that is not counts as missing. */
  #addNode(node: OsmNode): boolean {
    const { nodes, votes } = this.#tools;
    const isSomewhere = isOnEarth(node);
    if (isSomewhere) nodes.set(node.id, node.lon, node.lat);
    if (!node.tags) return isSomewhere || !nodes.isNeeded(node.id);
    votes.add(node.tags);
    this.roads.addNode(node);
    this.#addPoint(node, node.tags, isSomewhere);
    return isSomewhere;
  }

  #addPoint({ id, lon, lat }: OsmNode, tags: Tags, isSomewhere: boolean): void {
    const { writer, tally } = this.#tools;
    const layers = areaLayers(tags);
    if (layers.length === 0) return;
    const points = pointLayers(tags);
    const areas = layers.filter((layer) => !points.includes(layer));
    tally.find(layers, 'node');
    tally.leaveOut(areas, 'a node has no area');
    if (!isSomewhere) tally.leaveOut(points, 'its coordinates are not on earth');
    else if (points.length > 0) {
      stagePoint(writer, { sourceKey: `node/${id}`, tags, geometry: pointHex([lon, lat]) });
    }
  }

  async #addWay(way: OsmWay): Promise<void> {
    const isRoad = await this.roads.addWay(way);
    if (isRoad) this.#tools.relations.restrictions.addRoad(way.id, way.refs);
    await this.#areas.addWay(way);
  }

  async #reject({ id, lon, lat }: OsmNode): Promise<void> {
    const reason = 'its coordinates are not on earth';
    const issue = { line: id, field: 'node', value: `${lon} ${lat}`, reason };
    await this.#tools.context.issues.reject(issue);
  }
}

function isOnEarth({ lon, lat }: OsmNode): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function notSorted(): AppError {
  return new AppError(
    'validation',
    'The extract is not sorted: nodes come after ways. Sort it with: osmium sort FILE -o SORTED.osm.pbf',
  );
}
