/** The pages people use: join, play, host, edit, results. What is exported here runs on the server; `browser/` runs in browsers. */
export { type Asset, type Assets, createAssets } from './assets.ts';
export { contentSecurityPolicy } from './security-headers.ts';
