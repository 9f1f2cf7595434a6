import { defineConfig } from 'vitest/config';

/**
 * One ES module under a fixed name: pages link to it directly, and CI compares it with what is committed, so the
 * output must hold no hash, date or path. The page's other files in that folder are written by hand and stay.
 */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: '../assistant/web/static',
    emptyOutDir: false,
    sourcemap: false,
    minify: true,
    reportCompressedSize: false,
    license: { fileName: 'waymark.licenses.md' },
    // Vite leaves the white space of ES libraries in; this one is loaded by pages as it is.
    rolldownOptions: { output: { minify: true } },
    lib: { entry: 'src/main.ts', formats: ['es'], fileName: () => 'waymark.js' },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], restoreMocks: true },
});
