/** Who may import whom: see "Top level" in docs/architecture.md. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'app-imports-contract-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(server|geodata|cube)/', pathNot: '^server/contract/' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^server/contract/' },
      to: { path: '^(src|geodata|cube|server/(?!contract/))' },
    },
    {
      name: 'geodata-imports-database-only',
      severity: 'error',
      from: { path: '^geodata/(?!cli|commands)' },
      to: { path: '^(src|cube|server/(?!db/|errors\\.ts|contract/))' },
    },
    {
      name: 'cube-stands-alone',
      severity: 'error',
      from: { path: '^cube/' },
      to: { path: '^(src|server|geodata)/' },
    },
    {
      name: 'server-does-not-import-cube',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^cube/' },
    },
    {
      name: 'database-knows-nobody',
      severity: 'error',
      from: { path: '^server/db/' },
      to: { path: '^(src|geodata|cube|server/modules)/' },
    },
    {
      name: 'one-way-in-the-app',
      severity: 'error',
      from: { path: '^src/(ui|api|state)/' },
      to: { path: '^src/(features|app)/' },
    },
    {
      name: 'map-knows-no-feature',
      severity: 'error',
      from: { path: '^src/map/' },
      to: { path: '^src/(features|app)/' },
    },
    {
      name: 'feature-does-not-import-app',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: '^src/app/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|inline|raw|worker)|^geojson$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
