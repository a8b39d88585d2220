import { AppError } from '../../server/errors.js';

/** Which addresses files may be taken from. */
export type AddressPolicy = {
  /** Hosts, with the port where it is not the usual one. */
  readonly hosts: ReadonlySet<string>;
  /** Origins (`http://host:port`) that need no TLS. There is no setting for it: tests have their server there. */
  readonly plainOrigins?: ReadonlySet<string>;
};

/** Whether a source is an address rather than a file. */
export function isRemote(source: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source);
}

/**
 * The address of a file, checked: https, an allowed host, no user name or password.
 *
 * @throws AppError that says what is wrong and what to do
 */
export function checkAddress(text: string | URL, policy: AddressPolicy): URL {
  if (!URL.canParse(text))
    throw refused(String(text), 'is not an address. Check how it is written.');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw refused(url.host, 'comes with a user name or password. Load the file by hand instead.');
  }
  const isPlain = policy.plainOrigins?.has(url.origin) ?? false;
  if (url.protocol !== 'https:' && !isPlain) {
    throw refused(url.href, 'is not an https address. Only those can be trusted on the way.');
  }
  if (!policy.hosts.has(url.host)) {
    throw new AppError(
      'forbidden',
      `${url.host} is not among the hosts that files are taken from. If you trust it, add it to ` +
        'CATCHMENT_REMOTE_HOSTS (several with commas), or load the file by hand and import that.',
    );
  }
  url.hash = '';
  return url;
}

function refused(what: string, reason: string): AppError {
  return new AppError('validation', `${what} ${reason}`);
}
