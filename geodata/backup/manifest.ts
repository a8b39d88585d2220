import { z } from 'zod';

export const formatName = 'catchment-backup';

/** Raised when older programs could not read the file any more. */
export const formatVersion = 1;

export const manifestFile = 'manifest.json';
export const manifestSumFile = 'manifest.sha256';

const partSchema = z.object({
  file: z.string(),
  rows: z.int().min(0),
  sha256: z.string(),
});

const tableSchema = z.object({
  name: z.string().regex(/^(geo|crm|app)\.[a-z0-9_]+$/),
  columns: z.array(z.string().regex(/^[a-z0-9_]+$/)),
  rows: z.int().min(0),
  parts: z.array(partSchema),
});

/** What a backup holds; the last file in it but one, followed by its own checksum. */
export const manifestSchema = z.object({
  format: z.literal(formatName),
  formatVersion: z.literal(formatVersion),
  createdAt: z.iso.datetime(),
  /** Number of the newest migration of the database that was backed up. */
  migration: z.int().min(1),
  engine: z.enum(['postgres', 'embedded']),
  project: z.string(),
  tables: z.array(tableSchema),
  /** Last values given by sequences, so that no id is given twice. */
  sequences: z.record(z.string().regex(/^(geo|crm|app)\.[a-z0-9_]+$/), z.int()),
  /** Versions of the layers of shapes: addresses of tiles carry them and must not come back. */
  layerVersions: z.record(z.string(), z.int()),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type BackupPart = z.infer<typeof partSchema>;
export type BackedUpTable = z.infer<typeof tableSchema>;
