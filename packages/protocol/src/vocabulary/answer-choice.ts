/** What a player may send as an answer, before the running question's kind narrows it. */
import Type from 'typebox';
import { decimal, line, list, open, orNull, prose, whole } from './primitive.ts';

export const AnswerChoice = Type.Union([prose(500, { minLength: 0 }), list(line(64), 20), decimal()], {
  title: 'AnswerChoice',
  description:
    'The id of a choice (single, true_false, poll), a list of ids (multiple; order: all of them in order), a text (text), ' +
    'a word or a list of words (word_cloud), a number (number, rating).',
});
export type AnswerChoice = Type.Static<typeof AnswerChoice>;

/** An answer as it is told back to its sender; `choice` is null where votes are kept without their voter. */
export const OwnAnswer = open({ round: whole(1), choice: orNull(AnswerChoice) }, { title: 'OwnAnswer' });
export type OwnAnswer = Type.Static<typeof OwnAnswer>;
