/** What the server (RFC 9457 problem details), the network or the cube said went wrong. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Machine-readable code, for example `forbidden`; `network` when no answer came. */
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** Messages by form field, where the server named fields. */
  get fieldErrors(): Readonly<Record<string, string>> {
    const { fields } = this.details;
    if (typeof fields !== 'object' || fields === null) return {};
    return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, String(text)]));
  }
}

/** Whether the error only says that a newer request took the place of this one. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** A sentence for the screen out of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
