import compress from '@fastify/compress';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { constants } from 'node:zlib';
import { createAuth } from './auth/auth.js';
import type { AuthServices } from './auth/auth-services.js';
import { Principals } from './auth/principals.js';
import { requirePrincipal } from './auth/require-principal.js';
import type { AppDependencies } from './dependencies.js';
import type { App } from './http/app.js';
import { describeRoutes, serveDocumentation } from './http/openapi.js';
import { refuseNullCharacters } from './http/null-characters.js';
import { sendProblem } from './http/problems.js';
import { secure } from './http/security.js';
import { builtFolder, serveStaticFiles } from './http/static-files.js';
import { accountRoutes } from './modules/accounts/routes.js';
import { accountTableRoutes } from './modules/accounts/table.routes.js';
import { bulkEditRoutes } from './modules/bulk-edits/routes.js';
import { cubeRoutes } from './modules/cube/routes.js';
import { duplicateRoutes } from './modules/duplicates/routes.js';
import { exportRoutes } from './modules/export/routes.js';
import { geographyRoutes } from './modules/geography/routes.js';
import { geocodingRoutes } from './modules/geocoding/routes.js';
import { hereRoutes } from './modules/here/routes.js';
import { importRoutes } from './modules/imports/routes.js';
import { matchingRoutes } from './modules/matching/routes.js';
import { placementRoutes } from './modules/placements/routes.js';
import { pointRoutes } from './modules/points/routes.js';
import { regionRoutes } from './modules/regions/routes.js';
import { savedViewRoutes } from './modules/saved-views/routes.js';
import { searchRoutes } from './modules/search/routes.js';
import { checkSelections } from './modules/selections/check-selections.js';
import { selectionRoutes } from './modules/selections/routes.js';
import { sessionRoutes } from './modules/session/routes.js';
import { setupRoutes } from './modules/setup/routes.js';
import { statusRoutes } from './modules/status/routes.js';
import { tilesRoutes } from './modules/tiles/routes.js';
import { tokenRoutes } from './modules/tokens/routes.js';
import { userRoutes } from './modules/users/routes.js';

type Module = (app: App, deps: AppDependencies, services: AuthServices) => Promise<void>;

/** Modules that answer before anybody is signed in. */
const publicModules: readonly Module[] = [statusRoutes, setupRoutes];

/** Modules behind sign-in. A new one is a folder and a line here. */
const signedInModules: readonly Module[] = [
  sessionRoutes,
  userRoutes,
  tokenRoutes,
  regionRoutes,
  accountRoutes,
  accountTableRoutes,
  bulkEditRoutes,
  duplicateRoutes,
  selectionRoutes,
  pointRoutes,
  searchRoutes,
  geocodingRoutes,
  importRoutes,
  exportRoutes,
  geographyRoutes,
  hereRoutes,
  matchingRoutes,
  placementRoutes,
  tilesRoutes,
  cubeRoutes,
  savedViewRoutes,
];

const MAX_BODY_BYTES = 1024 * 1024;
const COMPRESS_FROM_BYTES = 1024;
const LOWEST_BROTLI_QUALITY = 1;

/** Puts the application together; the caller listens, tests inject requests. */
export async function createApp(deps: AppDependencies): Promise<FastifyInstance> {
  const app: App = Fastify({
    logger: { level: deps.config.logLevel },
    bodyLimit: MAX_BODY_BYTES,
    // A proxy in front is believed only where it stands in a private network.
    trustProxy: 'loopback,linklocal,uniquelocal',
    routerOptions: { ignoreTrailingSlash: true },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendProblem);
  app.decorateRequest('principal', null);
  app.addHook('preValidation', refuseNullCharacters);

  await secure(app, deps.config);
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: COMPRESS_FROM_BYTES,
    zlibOptions: { level: 1 },
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: LOWEST_BROTLI_QUALITY } },
  });
  await describeRoutes(app);

  const auth = createAuth({
    database: deps.database,
    config: deps.config,
    secret: deps.secrets.authSecret,
    log: (level, message) => app.log[level](message),
  });
  const services = { auth, principals: new Principals(deps.database, auth) };

  for (const register of publicModules) await register(app, deps, services);
  await app.register(async (plain) => {
    const scope: App = plain.withTypeProvider<ZodTypeProvider>();
    scope.addHook('onRequest', requirePrincipal(services.principals));
    scope.addHook('preHandler', checkSelections(deps));
    await serveDocumentation(scope);
    for (const register of signedInModules) await register(scope, deps, services);
  });
  await serveStaticFiles(app, builtFolder);
  return app as unknown as FastifyInstance;
}
