import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import type { App } from './app.js';
import { sameOriginGuard } from './same-origin.js';

const REQUESTS_PER_MINUTE = 1_200;
const limitedPaths = /^\/(api|cubejs-api)\//;

/** Security headers, the same-origin guard and rate limits for everything registered afterwards. */
export async function secure(app: App, config: Config): Promise<void> {
  const isHttps = config.publicUrl?.startsWith('https://') ?? false;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Components and the map set inline styles; scripts stay strict.
        styleSrc: ["'self'", "'unsafe-inline'"],
        // MapLibre and deck.gl start workers from blobs.
        workerSrc: ["'self'", 'blob:'],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', sameOriginGuard(config.publicUrl));
  // Tiles and files are many and cheap; they are not counted.
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    allowList: (request) => !limitedPaths.test(request.url),
    errorResponseBuilder: (_request, { after }) =>
      new AppError('too_many_requests', `Too many requests; try again in ${after}.`),
  });
}
