import type { OpenUrl } from './guarded-request.js';
import type { AddressPolicy } from './remote-address.js';
import type { Wait } from './retry.js';

/** How files are taken from elsewhere. */
export type RemoteAccess = {
  readonly policy: AddressPolicy;
  /** Most bytes of a file, unpacked where the server packs it on the way. */
  readonly maxBytes: number;
  readonly open: OpenUrl;
  readonly wait: Wait;
};

/** One file on its way. */
export type Transfer = {
  readonly signal?: AbortSignal | undefined;
  /** Told the bytes that are here, and of how many where that is known. */
  readonly onBytes: (bytes: number, total: number | undefined) => void;
};
