import { buildingsImporter } from '../../../geodata/importers/buildings.importer.js';
import { measureBuildings } from '../../../geodata/housing/building-features.js';
import type { TaggedBuilding } from '../../../geodata/housing/fit-confidences.js';
import { osmImporter } from '../../../geodata/osm/osm.importer.js';
import { runImport } from '../../../geodata/run-import.js';
import type { Database } from '../../../server/db/database.js';
import { realData } from '../../support/real-data.js';

/** Extracts whose buildings were tagged by people or from a register, and the importer options. */
const extracts = [
  { name: 'Liechtenstein', file: 'osm/liechtenstein-2015.osm.pbf', importer: osmImporter },
  { name: 'Monaco', file: 'osm/monaco.osm.pbf', importer: osmImporter },
  { name: 'Overamstel', file: 'osm/amsterdam-overamstel-tiny.osm.pbf', importer: osmImporter },
  {
    name: 'Amsterdam',
    file: 'osm/amsterdam_centre_buildings.geojson.gz',
    importer: buildingsImporter,
    options: {
      key: 'amsterdam/{osm_id}',
      tags: { 'ref:bag': 'ref.bag', 'building:levels': 'building.levels' },
    },
  },
];

const chunk = 500;

/** Imports the extracts and measures all their buildings. */
export async function loadTaggedExtracts(database: Database): Promise<TaggedBuilding[]> {
  const nameOfImport = new Map<number, string>();
  for (const { name, file, importer, options = {} } of extracts) {
    const source = { path: realData(file) };
    const report = await runImport({ database, importer, source, options });
    nameOfImport.set(report.importId, name);
  }
  const places = await database.rows<{ id: number; importId: number; lon: number; lat: number }>(
    `SELECT building_id AS id, import_id AS "importId", ST_X(ST_Centroid(geom)) AS lon,
            ST_Y(ST_Centroid(geom)) AS lat
     FROM geo.buildings ORDER BY building_id`,
  );
  const placeOf = new Map(places.map((place) => [place.id, place]));
  const buildings: TaggedBuilding[] = [];
  for (let start = 0; start < places.length; start += chunk) {
    const ids = places.slice(start, start + chunk).map(({ id }) => id);
    for (const row of await measureBuildings(database.pool, ids)) {
      const { importId, lon, lat } = placeOf.get(row.buildingId)!;
      buildings.push({ ...row, extract: nameOfImport.get(importId)!, centre: [lon, lat] });
    }
  }
  return buildings;
}
