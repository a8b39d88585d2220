import { ApiError } from '../../api/api-error.js';
import { getUpload, sendPart } from '../../api/uploads.js';
import type { Upload } from '../../../server/contract/uploads.js';

/** Small enough that little is sent twice after a broken connection. */
const partBytes = 8 * 1024 * 1024;
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

export interface SendListener {
  readonly signal: AbortSignal;
  /** Told the bytes that are there. */
  readonly onReceived: (bytes: number) => void;
  /** Told when the connection is lost, and when it is back. */
  readonly onWaiting: (isWaiting: boolean) => void;
}

/**
 * Sends what is missing of a file, part by part. A lost connection is waited for, and the upload goes on with what
 * the server has by then; anything else that goes wrong is thrown, as is the reason of the signal.
 */
export async function sendFile(
  file: Blob,
  upload: Upload,
  { signal, onReceived, onWaiting }: SendListener,
): Promise<Upload> {
  let now = upload;
  let pauseMs = firstPauseMs;
  onReceived(now.received);
  while (now.received < now.size) {
    try {
      const part = file.slice(now.received, now.received + partBytes);
      now = await sendPart(now.id, now.received, part, signal);
      pauseMs = firstPauseMs;
      onWaiting(false);
      onReceived(now.received);
    } catch (error) {
      signal.throwIfAborted();
      if (!canGoOn(error)) throw error;
      onWaiting(true);
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      now = (await stateOf(now.id, signal)) ?? now;
    }
  }
  return now;
}

/** No answer, a server that is restarting, or a part that does not fit what is there. */
function canGoOn(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.status === 0 || error.status === 502 || error.status === 504) return true;
  return error.status === 503 ? error.details['retryable'] === true : error.status === 409;
}

/** The upload as the server has it; undefined while it cannot be asked. */
async function stateOf(id: string, signal: AbortSignal): Promise<Upload | undefined> {
  try {
    return await getUpload(id, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApiError && error.status === 404) throw error;
    return undefined;
  }
}

/** Waits, or less where the browser says that the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = () => {
      end();
      reject(signal.reason as Error);
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', stop);
  });
}
