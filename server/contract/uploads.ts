import { z } from 'zod';

const bytes = z.number().int().min(0);

export const newUploadBody = z.object({
  name: z.string().trim().min(1).max(255).describe('Name of the file as its owner knows it'),
  size: bytes.min(1).describe('Bytes'),
});

export const uploadSchema = z.object({
  id: z.uuid(),
  name: z.string().describe('Name of the file, without folders and what no file system takes'),
  size: bytes,
  received: bytes.describe('Bytes that are here; go on from there where an upload broke off'),
  createdAt: z.iso.datetime(),
});

export const uploadParams = z.object({ id: z.uuid() });

export const partQuery = z.object({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .describe('Where this part begins; must be the number of bytes that were received so far'),
});

export type Upload = z.output<typeof uploadSchema>;
export type NewUpload = z.output<typeof newUploadBody>;
