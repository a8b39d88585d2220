import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { App } from './app.js';

/** Collects the description of every route registered afterwards from its zod schemas. */
export async function describeRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Catchment',
        description:
          'Customers, geography and what matching found between them. Sign in with a session cookie or ' +
          'with an API token. Slices come from Cube under /cubejs-api/v1. Errors are problem details (RFC 9457).',
        version: '1',
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'catchment.session_token' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

/** Serves the description at /api/docs (to read) and /api/docs/json. */
export async function serveDocumentation(app: App): Promise<void> {
  await app.register(swaggerUi, { routePrefix: '/api/docs' });
}
