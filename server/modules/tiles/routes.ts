import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../auth/principal.js';
import { maxTileZoom, type TileId } from '../../column-store/world.js';
import { layerClassCounts, layerClassParams } from '../../contract/layer-classes.js';
import { tileCatalog, tileQuery, type TileQuery } from '../../contract/tiles.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { makeCatalog } from './catalog.js';
import { ClassCounts } from './class-counts.js';
import { askEachTime, binaryHeaders, sendPacked } from './send-packed.js';
import { findShapeLayer, type ShapeLayer } from './shape-layers.js';
import type { CachedTile } from './tile-cache.js';
import { TileService } from './tiles.service.js';

const lasting = 'private, max-age=31536000, immutable';

type TileParams = {
  readonly layer: string;
  readonly z: string;
  readonly x: string;
  readonly y: string;
};

/** GET /tiles/catalog, GET /tiles/classes/{layer} and GET /tiles/{layer}/{z}/{x}/{y}.mvt, for whoever is signed in. */
export async function tilesRoutes(app: App, { database, stores }: AppDependencies): Promise<void> {
  const service = new TileService(database, stores);
  const classCounts = new ClassCounts(database);

  app.get(
    '/tiles/catalog',
    { schema: { tags: ['Tiles'], querystring: tileQuery, response: { 200: tileCatalog } } },
    async (request, reply) => {
      await stores.freshen();
      reply.header('Cache-Control', askEachTime);
      const { policy } = principalOf(request);
      const versions = await service.freshVersions();
      return makeCatalog({ database, stores, versions, filter: request.query, policy });
    },
  );

  app.get(
    '/tiles/classes/:layer',
    { schema: { tags: ['Tiles'], params: layerClassParams, response: { 200: layerClassCounts } } },
    async (request, reply) => {
      reply.header('Cache-Control', askEachTime);
      const { layer } = request.params;
      if (layer !== 'places') {
        const version = (await service.freshVersions()).find((entry) => entry.layer === layer);
        return classCounts.of(layer, String(version?.version));
      }
      await stores.freshen();
      return classCounts.of(layer, String(stores.places.version));
    },
  );

  app.get(
    '/tiles/:layer/:z/:x/:y.mvt',
    {
      schema: { tags: ['Tiles'], querystring: tileQuery },
      // Bytes that no page runs and that are compressed already; the work of these is a third of a cached tile's.
      helmet: false,
      compress: false,
      config: { rateLimit: false },
    },
    async (request, reply) => {
      reply.headers(binaryHeaders);
      const { layer, ...address } = request.params as TileParams;
      const shapes = findShapeLayer(layer);
      const maxzoom = shapes?.maxzoom ?? maxTileZoom;
      const tile = readTileId(address, maxzoom);
      if (shapes !== undefined) return sendShapes(service, { request, reply, tile, layer: shapes });
      const { policy } = principalOf(request);
      reply.header('Cache-Control', askEachTime);
      if (layer === 'places') return sendTile(request, reply, await service.places(tile));
      if (layer !== 'accounts') throw noLayer(layer);
      const { measure, as, ...filter } = request.query;
      return sendTile(
        request,
        reply,
        await service.accounts({ tile, filter, policy, measure, as }),
      );
    },
  );
}

type ShapeReply = {
  readonly request: FastifyRequest<{ Querystring: TileQuery }>;
  readonly reply: FastifyReply;
  readonly tile: TileId;
  readonly layer: ShapeLayer;
};

async function sendShapes(service: TileService, shapes: ShapeReply): Promise<FastifyReply> {
  const { request, reply, tile, layer } = shapes;
  const version = (await service.versions()).find((entry) => entry.layer === layer.id);
  if (version === undefined) throw noLayer(layer.id);
  const { v, level } = request.query;
  const content = await service.shapes(layer, tile, version, level);
  reply.header('Cache-Control', v === String(version.version) ? lasting : askEachTime);
  return sendTile(request, reply, content);
}

function sendTile(request: FastifyRequest, reply: FastifyReply, tile: CachedTile): FastifyReply {
  if (tile.omitted > 0) reply.header('X-Catchment-Omitted', tile.omitted);
  return sendPacked(request, reply, { packed: tile, type: 'application/vnd.mapbox-vector-tile' });
}

function readTileId(address: Omit<TileParams, 'layer'>, maxzoom: number): TileId {
  const [z, x, y] = [address.z, address.x, address.y].map(toWhole) as [number, number, number];
  if (z <= maxzoom && x < 2 ** z && y < 2 ** z) return { z, x, y };
  throw new AppError(
    'not_found',
    `There is no tile ${address.z}/${address.x}/${address.y}: zooms go from 0 to ${maxzoom}, ` +
      'columns and rows from 0 to 2^zoom - 1.',
  );
}

/** A whole number from 0; NaN, which no comparison lets pass, for anything else. */
function toWhole(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function noLayer(id: string): AppError {
  return new AppError('not_found', `There is no layer "${id}"; /tiles/catalog lists them.`);
}
