/** What names a party, a player, a quiz and a message on the wire. */
import Type from 'typebox';
import { line, shown } from './primitive.ts';

/** In lower case alone, as we write them: an id has one spelling, in paths, tokens and channels. */
const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

export const PartyId = Type.String({
  ...{ format: 'uuid', minLength: 36, maxLength: 36, pattern: uuidPattern },
  description: 'One live session.',
});

export const RoomCode = line(64, {
  description:
    'The short code people type: digits; spaces and dashes between them do not matter. An address, not a secret.',
});

export const UserId = line(64, {
  description:
    "A player's id: opaque, chosen by the player's client or by the room. Ids as rooms give them, `p_` and 12 characters, are nobody's to choose.",
});
export const QuizId = line(64, { pattern: '^[0-9A-Za-z_-]+$', description: 'An authored quiz.' });
export const MessageId = line(64, { description: "The client's own id of a message; the reply repeats it." });

/**
 * Longer than policies allow, so that the policy can say why it refuses: twenty signs as people see them are 68 code
 * points of Devanagari conjuncts, 140 of family emoji. What is longer than this the policy would not look at either.
 */
export const Nickname = line(512, {
  description: 'As typed; the nickname policy of the party decides whether it is taken.',
});
/** Cleaning may lengthen a nickname: what is one letter on a phone can be many code points. */
export const ShownNickname = shown(600);
export const Passcode = line(64);
export const PlayerRef = line(128, {
  description: 'What a roster knows the player by: a pupil number, an e-mail hash.',
});
export const SecondStepCode = Type.String({
  minLength: 4,
  maxLength: 8,
  pattern: '^[0-9]+$',
  description: "The rotating code on the host's screen.",
});
export const TeamName = line(40);
export const IdempotencyKey = line(128, {
  description: 'The same key gets the same identity again, so that a lost reply locks nobody out.',
});
export const Category = line(100);

/** What may stand between the slashes of a path template, by its name. */
export const pathParameters = { party_id: PartyId, quiz_id: QuizId, room_code: RoomCode, user_id: UserId } as const;
