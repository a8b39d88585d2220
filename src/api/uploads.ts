import type { Reading, UploadInspection } from '../../server/contract/import-files.js';
import type { NewUpload, Upload } from '../../server/contract/uploads.js';
import { get, post, putBytes, remove } from './client.js';

/** Own uploads, the newest first. */
export function listUploads(signal?: AbortSignal): Promise<readonly Upload[]> {
  return get('/api/uploads', { signal });
}

export function getUpload(id: string, signal?: AbortSignal): Promise<Upload> {
  return get(`/api/uploads/${id}`, { signal });
}

export function createUpload(body: NewUpload, signal?: AbortSignal): Promise<Upload> {
  return post('/api/uploads', { body, signal });
}

/** Sends a part that begins at `offset`; answers the upload with what is there then. */
export function sendPart(
  id: string,
  offset: number,
  part: Blob,
  signal?: AbortSignal,
): Promise<Upload> {
  return putBytes(`/api/uploads/${id}/content`, part, { query: { offset }, signal });
}

export function removeUpload(id: string): Promise<void> {
  return remove(`/api/uploads/${id}`);
}

/** What an uploaded file holds, read as it is or as `reading` says. */
export function inspectUpload(
  id: string,
  reading: Reading,
  signal?: AbortSignal,
): Promise<UploadInspection> {
  return post(`/api/uploads/${id}/inspection`, { body: reading, signal });
}
