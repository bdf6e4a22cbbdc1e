/** The typed client, for browsers and Node alike: HTTP calls, a connection that comes back, the view a screen shows, bots. */
export { type Api, type ApiOptions, createApi, type ImportOptions, type JoinOptions } from './api.ts';
export { ApiError } from './api-error.ts';
export { type Backoff, backoffMs, reconnectBackoff } from './backoff.ts';
export { type Bot, type BotOptions, type BotQuestion, createBot, type Thought } from './bot.ts';
export {
  type CommandArgs,
  type CommandType,
  type Connection,
  type ConnectionEvents,
  type ConnectionOptions,
  createConnection,
  type Status,
} from './connection.ts';
export { fold, foldAnswer } from './fold.ts';
export { guess } from './guess.ts';
export type { Fetch, HttpPorts } from './http-call.ts';
export { defaultPatience, type Patience } from './link.ts';
export type { Outcome } from './outbox.ts';
export { type Place, placeOf } from './place.ts';
export { type ClientTimers, systemTimers } from './timers.ts';
export type { OwnAnswerView, View } from './view.ts';
export { partyUrl, subprotocols, type WebSocketConstructor, type WebSocketLike } from './web-socket.ts';
