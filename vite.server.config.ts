import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Programs that Node.js starts; each is dist-server/NAME.js, with the last part of its path as name. */
const programs = [
  'server/main.ts',
  'server/db/embedded/engine-process.ts',
  'geodata/cli.ts',
  'geodata/demo/demo-process.ts',
  'geodata/tasks/import-process.ts',
];

/** The server and the command line as few files, which load far sooner than their sources through a compiler. */
export default defineConfig({
  publicDir: false,
  plugins: [sourceAddresses()],
  build: {
    ssr: true,
    outDir: 'dist-server',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(programs.map((file) => [path.basename(file, '.ts'), file])),
      // All in one folder: what is beside a source is found from there, see below.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
});

/** Keeps `import.meta.url` the address of the source: files beside it are found from the bundle too. */
function sourceAddresses(): Plugin {
  return {
    name: 'source-addresses',
    transform: (code, id) => {
      const source = path.relative(import.meta.dirname, id);
      if (!/^(server|geodata)\//.test(source) || !code.includes('import.meta.url')) return null;
      const address = `new URL(${JSON.stringify(`../${source}`)}, import.meta.url).href`;
      return { code: code.replaceAll('import.meta.url', address), map: null };
    },
  };
}
