import { buildApp, buildServer, ensureInstalled, requireNode } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
buildApp();
buildServer();
