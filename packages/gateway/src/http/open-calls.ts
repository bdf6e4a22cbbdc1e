/** What anybody may ask without a party: the categories, and the documents of the API. */
import type { QuestionPool } from '@partyline/core';
import { asyncApiDocument, openApiDocument } from '@partyline/protocol';
import { type Handler, reply } from './call.ts';

export function openCalls(ports: {
  pool: QuestionPool;
  version: string;
}): Record<'listCategories' | 'getOpenApi' | 'getAsyncApi', Handler> {
  const openApi = openApiDocument({ version: ports.version });
  const asyncApi = asyncApiDocument({ version: ports.version });
  return {
    listCategories: async () => reply(200, await ports.pool.categories()),
    getOpenApi: async () => reply(200, openApi),
    getAsyncApi: async () => reply(200, asyncApi),
  };
}
