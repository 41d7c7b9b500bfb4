// Who may import whom (docs/architecture). Imports of types alone are free: they leave no trace at run time.

const OURS =
  '^(activities|adapters|bench|cli|config|domain|embedded|prisma|simulator|test|treaties|verify|web|worker|workflows)/';

/** Files under `from` may import, of our own folders, only what lies under `may`; a second list names their libraries. */
function layer({ name, comment, from, fromNot, may, libraries }) {
  const source = { path: from, ...(fromNot ? { pathNot: fromNot } : {}) };
  const rules = [{ name, comment, severity: 'error', from: source, to: { path: OURS, pathNot: may } }];
  if (!libraries) return rules;
  const strangers = { path: 'node_modules', pathNot: libraries.map((library) => `node_modules/${library}/`) };
  return [
    ...rules,
    { name: `${name}-libraries`, comment, severity: 'error', from: source, to: strangers },
    { name: `${name}-no-io`, comment, severity: 'error', from: source, to: { dependencyTypes: ['core'] } },
  ];
}

export default {
  forbidden: [
    ...layer({
      name: 'domain-is-pure',
      comment: 'What is true does not depend on how it is kept or told.',
      from: '^domain/',
      may: '^domain/',
      libraries: ['zod', 'temporal-polyfill'],
    }),
    ...layer({
      name: 'workflows-are-deterministic',
      comment: 'Workflows see the domain and the types of activities.',
      from: '^workflows/',
      may: '^(workflows|domain)/',
      libraries: ['@temporalio/(workflow|common)', 'temporal-polyfill'],
    }),
    {
      name: 'workflows-without-zod',
      comment: 'It doubles the bundle: validation belongs to the edges.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: 'node_modules/zod/', reachable: true },
    },
    ...layer({
      name: 'activities-touch-the-world',
      comment: 'Activities know the domain and the adapters; what has a connection they get as an argument.',
      from: '^activities/',
      may: '^(activities|adapters|domain)/',
    }),
    ...layer({
      name: 'adapters-know-the-domain',
      comment: 'An adapter knows the domain and its library.',
      from: '^adapters/',
      may: '^(adapters|domain|prisma)/',
    }),
    ...layer({
      name: 'embedded-stands-alone',
      comment: 'The built-in servers know nothing of what they serve.',
      from: '^embedded/',
      may: '^embedded/',
    }),
    ...layer({
      name: 'verify-needs-no-database',
      comment: 'It checks what others wrote, with the domain alone.',
      from: '^verify/',
      may: '^(verify|domain)/',
    }),
    ...layer({
      name: 'web-inserts-facts-and-reads',
      comment: 'Pages see the domain, adapters, and of the workflows what a menu and a form need.',
      from: '^web/',
      fromNot: '^web/main\\.ts$',
      may: ['^(web|domain|adapters)/', '^workflows/(registry|messages)\\.ts$'],
    }),
    ...layer({
      name: 'robots-use-the-doors-people-have',
      comment:
        'Mailbox, pages, SMTP, the clock; only their world, its judge and what tells its progress know our parts.',
      from: '^simulator/',
      fromNot: '^simulator/(world|judge|progress)\\.ts$',
      may: '^(simulator|domain|embedded)/',
    }),
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: OURS, pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'one-file-for-dates',
      comment: 'domain/calendar.ts re-exports what we use of Temporal dates.',
      severity: 'error',
      from: { path: OURS, pathNot: '^(domain/calendar\\.ts$|test/)' },
      to: { path: 'node_modules/temporal-polyfill/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-missing', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'libraries-are-listed',
      comment: 'What runs in the product stands among the dependencies of package.json.',
      severity: 'error',
      from: { path: OURS, pathNot: '^(test|bench)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    babelConfig: { fileName: '.dependency-cruiser.babel.mjs' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^prisma/client/', '^build/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
