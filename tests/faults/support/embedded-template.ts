import { migrateTemplate } from '../../support/embedded-template.js';

/** Fault tests use both engines in one run. */
export const setup = migrateTemplate;
