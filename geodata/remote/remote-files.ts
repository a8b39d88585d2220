import path from 'node:path';
import type { Progress } from '../progress.js';
import { CacheEntry } from './cache-entry.js';
import { downloadOnce } from './download.js';
import { fileNameOf } from './file-name.js';
import { guardedRequest, type OpenUrl } from './guarded-request.js';
import { downloadPages } from './pages.js';
import type { RemoteAccess } from './remote-access.js';
import { checkAddress, isRemote, type AddressPolicy } from './remote-address.js';
import { retrying, waitFor, type Wait } from './retry.js';

export type RemoteOptions = AddressPolicy & {
  /** Where files are kept, so that an interrupted one is continued and an unchanged one not fetched again. */
  readonly folder: string;
  readonly maxBytes: number;
  readonly open?: OpenUrl;
  readonly wait?: Wait;
};

export type RemoteFile = {
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Name with the ending of its format, where the address has none. */
  readonly saveAs?: string | undefined;
  /** The address answers page by page, see `downloadPages`. */
  readonly isPaged?: boolean | undefined;
};

/** Files of other publishers, brought into the data folder before they are read. */
export class RemoteFiles {
  readonly #folder: string;
  readonly #access: RemoteAccess;

  constructor({ folder, maxBytes, open, wait, ...policy }: RemoteOptions) {
    this.#folder = folder;
    this.#access = { policy, maxBytes, open: open ?? guardedRequest(), wait: wait ?? waitFor };
  }

  /** Throws an AppError where the address may not be asked. */
  check(address: string): void {
    checkAddress(address, this.#access.policy);
  }

  /** A path to read: the source itself where it is a file, else its copy, fetched or found unchanged. */
  async local(source: string, file: RemoteFile = {}): Promise<string> {
    if (!isRemote(source)) return source;
    const { progress, signal, saveAs, isPaged } = file;
    const url = checkAddress(source, this.#access.policy);
    const entry = new CacheEntry(
      this.#folder,
      url,
      saveAs ? path.basename(saveAs) : fileNameOf(url),
    );
    await entry.prepare();
    progress?.stage(`Fetching ${path.basename(entry.file)} from ${url.host}`);
    let most = 0;
    const onBytes = (bytes: number, total: number | undefined) => {
      most = Math.max(most, bytes);
      if (total !== undefined && total > 0) progress?.fraction(bytes / total);
    };
    const transfer = { signal, onBytes };
    const retry = { wait: this.#access.wait, signal, progressed: () => most };
    if (isPaged) await downloadPages(url, entry, this.#access, transfer);
    else await retrying(() => downloadOnce(url, entry, this.#access, transfer), retry);
    return entry.file;
  }
}
