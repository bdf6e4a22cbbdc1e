/** What is measured besides what k6 measures by itself. Times in ms. */
import { Counter, Rate, Trend } from 'k6/metrics';

export const ack = new Trend('answer_ack', true);
/** From the server's opening of a question to its arrival. Says something only where both clocks agree. */
export const delivery = new Trend('question_delivery', true);
/** From a lost socket to the next state. */
export const recovery = new Trend('reconnect_recovery', true);
/** From a dialled socket to its first state. */
export const welcome = new Trend('first_state', true);
/** Of the questions a player saw, how many of its answers were acknowledged. */
export const acknowledged = new Rate('answers_acknowledged');
/**
 * What there must have been of: k6 takes a threshold on a metric that was never fed for held, so every script asks for a
 * number, too.
 */
export const states = new Counter('states_seen');
export const acks = new Counter('acks_seen');
export const back = new Counter('sockets_back');
export const stalled = new Counter('sockets_stalled');
/** Of the players, how many saw the end of the game. */
export const finished = new Rate('players_finished');
export const reveals = new Counter('reveals_seen');
export const refusals = new Counter('refusals');
