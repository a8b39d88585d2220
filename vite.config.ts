import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const serverAddress = `http://127.0.0.1:${process.env['API_PORT'] ?? process.env['PORT'] ?? '4800'}`;
const empty = fileURLToPath(new URL('./src/lib/empty.ts', import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@vaadin/vaadin-usage-statistics/vaadin-usage-statistics.js': empty,
      '@vaadin/vaadin-usage-statistics': empty,
    },
  },
  server: {
    proxy: {
      '/api': serverAddress,
      '/tiles': serverAddress,
      '/cubejs-api': serverAddress,
    },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
  },
});
