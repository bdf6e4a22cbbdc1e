/**
 * A player who is a program: answers each question once, after a while. Demos, tests and load tests are played by it, so
 * it goes through the same connection as everybody.
 */
import type { AnswerChoice, ShownChoice, ShownQuestion } from '@partyline/protocol';
import type { Connection } from './connection.ts';
import type { Outcome } from './outbox.ts';
import { type ClientTimers, systemTimers } from './timers.ts';
import type { View } from './view.ts';

export interface Thought {
  choice: AnswerChoice;
  after_ms: number;
}

export interface BotQuestion {
  round: number;
  question: ShownQuestion;
  choices: ShownChoice[];
  /** Until the question closes. */
  left_ms: number;
}

export interface BotOptions {
  connection: Connection;
  /** null: no answer to this one. */
  think: (question: BotQuestion) => Thought | null;
  /** Called with every outcome. */
  answered?: (round: number, outcome: Outcome) => void;
  timers?: ClientTimers;
}

export interface Bot {
  /** Resolves when the party has finished, or the connection is closed for good. */
  readonly done: Promise<void>;
  stop(): void;
}

export function createBot({ connection, think, answered, timers = systemTimers }: BotOptions): Bot {
  const thoughtAbout = new Set<number>();
  const cancels = new Set<() => void>();
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });

  function look(view: View): void {
    if (view.phase === 'finished') finish();
    const { round, question, choices, closes_at } = view;
    const mayAnswer = view.you.role !== 'spectator' && view.you.status === 'playing' && view.answer === null;
    if (view.phase !== 'question' || question === null || closes_at === null || !mayAnswer) return;
    if (thoughtAbout.has(round)) return;
    thoughtAbout.add(round);
    const thought = think({ round, question, choices, left_ms: closes_at - timers.now() });
    if (thought === null) return;
    const cancel = timers.after(thought.after_ms, () => {
      cancels.delete(cancel);
      void connection.answer(round, thought.choice).then((outcome) => answered?.(round, outcome));
    });
    cancels.add(cancel);
  }

  function stop(): void {
    for (const off of [offView, offClosed, ...cancels]) off();
    finish();
  }

  const offView = connection.on('view', look);
  const offClosed = connection.on('closed', stop);
  if (connection.view !== null) look(connection.view);
  return { done, stop };
}
