/** What may go wrong between one node and the in-memory store. The test decides, call by call and message by message. */

/** One round trip to the store. */
export interface StoreCall {
  name: string;
  party_id: string | null;
}

/** `refused`: nothing happened. `reply_lost`: it happened, and the caller cannot know. Both throw StoreUnavailable. */
export type CallFate = 'done' | 'refused' | 'reply_lost';

export interface ChannelMessage {
  channel: string;
  message: string;
}

/** `held` messages wait until the node's `deliverHeld`. */
export type Delivery = 'delivered' | 'dropped' | 'twice' | 'held';

export interface Faults {
  /** Asked before each call; what it waits for delays the call. */
  call?: (call: StoreCall) => CallFate | Promise<CallFate>;
  /** After the effect and before the reply; what it waits for delays the reply. */
  reply?: (call: StoreCall) => void | Promise<void>;
  delivery?: (message: ChannelMessage) => Delivery;
}
