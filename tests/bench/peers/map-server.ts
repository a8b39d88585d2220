import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TileId } from '../../../server/column-store/world.js';
import { FastCgiClient } from './fast-cgi.js';

/** Where Debian's cgi-mapserver puts it. */
const program = '/usr/lib/cgi-bin/mapserv';

export type MapServer = {
  /** The vector tile of the layer. */
  readonly tile: (tile: TileId) => Promise<Buffer>;
  readonly stop: () => void;
};

/** A layer of points in EPSG:3857 from PostGIS. */
export type PeerLayer = {
  readonly databaseUrl: string;
  readonly table: string;
  readonly idColumn: string;
  readonly columns: readonly string[];
};

/** MapServer as one FastCGI process that serves a layer; undefined where it is not installed. */
export async function startMapServer(layer: PeerLayer): Promise<MapServer | undefined> {
  if (!existsSync(program)) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-mapserver-'));
  const file = path.join(folder, 'bench.map');
  const settings = path.join(folder, 'mapserver.conf');
  writeFileSync(file, mapFile(layer));
  writeFileSync(settings, `CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n  END\nEND\n`);
  const listener = net.createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as net.AddressInfo;
  // A FastCGI process takes the socket it listens on as its standard input.
  const { fd } = (listener as unknown as { _handle: { fd: number } })._handle;
  const child = spawn(program, [], {
    stdio: [fd, 'ignore', 'ignore'],
    env: { ...process.env, MAPSERVER_CONFIG_FILE: settings },
  });
  listener.close();
  const client = await FastCgiClient.connect(port);
  return {
    async tile({ z, x, y }) {
      const query = `map=${file}&mode=tile&tilemode=gmap&tile=${x}+${y}+${z}&layers=points&map.imagetype=mvt`;
      const answer = await client.get(query);
      const bodyAt = answer.indexOf('\r\n\r\n');
      const head = answer.subarray(0, Math.max(bodyAt, 0)).toString();
      if (!head.includes('mvt') && !head.includes('vector-tile')) {
        throw new Error(`MapServer: ${answer.subarray(0, 400).toString()}`);
      }
      return answer.subarray(bodyAt + 4);
    },
    stop() {
      client.close();
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mapFile({ databaseUrl, table, idColumn, columns }: PeerLayer): string {
  const url = new URL(databaseUrl);
  const connection = `host=${url.hostname} port=${url.port} user=${url.username} dbname=${url.pathname.slice(1)}`;
  return `MAP
  NAME "bench"
  SIZE 512 512
  EXTENT -20037508.34 -20037508.34 20037508.34 20037508.34
  PROJECTION "init=epsg:3857" END
  OUTPUTFORMAT
    NAME "mvt"
    DRIVER "MVT"
    EXTENSION "mvt"
    FORMATOPTION "EXTENT=4096"
  END
  LAYER
    NAME "points"
    TYPE POINT
    STATUS ON
    CONNECTIONTYPE POSTGIS
    CONNECTION "${connection}"
    DATA "geom FROM (SELECT ${[idColumn, ...columns].join(', ')}, geom FROM ${table}) AS t USING UNIQUE ${idColumn} USING SRID=3857"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    METADATA "gml_include_items" "${columns.join(',')}" END
    PROJECTION "init=epsg:3857" END
    CLASS END
  END
END
`;
}
