import { fail, ok, warn, type Check } from '../check.js';

const patienceMs = 5000;

/** The port is free or a server of ours has it. */
export const portCheck: Check = {
  name: 'Port',
  needs: 'nothing',
  examine: async ({ settings, server }) => {
    const found = await server();
    const address = `${settings.host}:${settings.port}`;
    if (found === undefined) return ok(`${address} is free.`);
    if (found !== 'other') return ok(`A server of Catchment listens at ${address}.`);
    return fail(`Another program listens at ${address}.`, {
      todo: `Set another port, for example PORT=${settings.port + 100} npm start`,
    });
  },
};

/** Everything that a running server is made of runs, and the map keeps up with the database. */
export const serverCheck: Check = {
  name: 'Server',
  needs: 'nothing',
  examine: async ({ server }) => {
    const health = await server();
    if (health === undefined || health === 'other') {
      return warn('No server of Catchment runs.', { todo: 'npm start' });
    }
    const ill = Object.entries(health.components).filter(([, state]) => state !== 'ready');
    if (ill.length === 0) return ok('Database, Cube and the rows of the map are ready.');
    const parts = ill.map(([name, state]) => `${name} is ${state}`).join(', ');
    return warn(`It runs, but ${parts}.`, {
      todo: 'Wait a minute; if it stays so, stop it and start with LOG_LEVEL=info npm start',
    });
  },
};

/** An external Cube answers. The embedded one is part of the server. */
export const cubeCheck: Check = {
  name: 'Cube',
  needs: 'nothing',
  examine: async ({ settings, server }) => {
    const { cubeApiUrl } = settings;
    if (cubeApiUrl === undefined) {
      const health = await server();
      if (health === undefined || health === 'other')
        return ok('Embedded; starts with the server.');
      const state = health.components.cube;
      return state === 'ready'
        ? ok('Embedded, and it answers.')
        : warn(`Embedded, and it is ${state}.`, { todo: 'Wait a minute, then look again.' });
    }
    const address = new URL('/readyz', cubeApiUrl);
    const status = await fetch(address, { signal: AbortSignal.timeout(patienceMs) }).then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 200) return ok(`${address.origin} answers.`);
    const how = status === undefined ? 'does not answer' : `answers ${status}`;
    return fail(`Cube at ${address.origin} ${how}.`, {
      todo: 'See whether it runs and reaches the database, and check CUBE_API_URL.',
    });
  },
};
