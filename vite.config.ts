import { defineConfig } from 'vite';

const serverAddress = `http://127.0.0.1:${process.env['API_PORT'] ?? process.env['PORT'] ?? '4800'}`;

export default defineConfig({
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
