import { msg } from '@lit/localize';
import { ApiError, isAbort } from './api-error.js';

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Called for every 401, so that the session store can show the sign-in screen. */
let onUnauthenticated: () => void = () => undefined;

export function setUnauthenticatedHandler(handler: () => void): void {
  onUnauthenticated = handler;
}

/** GET; answers the parsed JSON, throws `ApiError`. */
export function get<Result>(path: string, options: RequestOptions = {}): Promise<Result> {
  return send<Result>('GET', path, options);
}

/** POST of a JSON body; answers the parsed JSON, throws `ApiError`. */
export function post<Result>(path: string, options: RequestOptions = {}): Promise<Result> {
  return send<Result>('POST', path, options);
}

/** PATCH of a JSON body; answers the parsed JSON, throws `ApiError`. */
export function patch<Result>(path: string, options: RequestOptions = {}): Promise<Result> {
  return send<Result>('PATCH', path, options);
}

/** PUT of bytes as they are; answers the parsed JSON, throws `ApiError`. */
export async function putBytes<Result>(
  path: string,
  bytes: Blob,
  { query, signal }: Pick<RequestOptions, 'query' | 'signal'> = {},
): Promise<Result> {
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' };
  const init: RequestInit = { method: 'PUT', headers, body: bytes };
  if (signal) init.signal = signal;
  return answerOf<Result>(await reach(withQuery(path, query), init));
}

/** DELETE; throws `ApiError`. */
export async function remove(path: string, options: RequestOptions = {}): Promise<void> {
  await send<unknown>('DELETE', path, options);
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes are here. */
  readonly onBytes?: (bytes: number) => void;
}

/** GET of a file, told as it comes. A file that breaks off is no file: throws `ApiError` then as well. */
export async function download(
  path: string,
  { signal, onBytes }: DownloadOptions = {},
): Promise<Blob> {
  const response = await reach(path, signal ? { signal } : {});
  if (response.status === 401) onUnauthenticated();
  if (!response.ok) throw await toApiError(response);
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      chunks.push(part.value);
      bytes += part.value.length;
      onBytes?.(bytes);
    }
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, 'network', msg('The file broke off and was not saved. Try again.'));
  }
  return new Blob(chunks, { type: response.headers.get('content-type') ?? '' });
}

/** Path with query string; names without a value are left out. */
export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  if (text === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

async function send<Result>(
  method: string,
  path: string,
  { query, body, signal }: RequestOptions,
): Promise<Result> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  return answerOf<Result>(await reach(withQuery(path, query), init));
}

async function answerOf<Result>(response: Response): Promise<Result> {
  if (response.ok) return (await toJson(response)) as Result;
  if (response.status === 401) onUnauthenticated();
  throw await toApiError(response);
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(0, 'network', msg('The server cannot be reached. Check the connection.'));
  }
}

async function toJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** Reads problem details (RFC 9457) or the `{message}` of the sign-in library. */
async function toApiError(response: Response): Promise<ApiError> {
  const body = await toJson(response).catch(() => undefined);
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const text = [problem['detail'], problem['message'], problem['title']].find(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  const details = problem['details'];
  return new ApiError(
    response.status,
    typeof problem['code'] === 'string' ? problem['code'] : `http_${response.status}`,
    text ?? msg('The server could not answer. Try again.'),
    typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {},
  );
}
