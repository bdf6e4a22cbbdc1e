/** Every way an HTTP call may be refused: code, status, and what it says where nothing more is known. Each code once. */

interface ProblemEntry {
  status: number;
  title: string;
}

export const problems = {
  invalid_body: { status: 400, title: 'The body does not have the form this call asks for' },
  invalid_query: { status: 400, title: 'The query does not have the form this call asks for' },
  already_joined: { status: 400, title: 'Somebody is in the party under this user_id already' },
  unauthorized: { status: 401, title: 'This call needs a token, and none that is valid was sent' },
  forbidden: { status: 403, title: 'This token does not give the right to do this' },
  origin_refused: { status: 403, title: 'This origin may not connect' },
  party_locked: { status: 403, title: 'The host has locked the party' },
  party_full: { status: 403, title: 'The party is full' },
  party_started: { status: 403, title: 'The party has started and takes nobody else' },
  party_over: { status: 403, title: 'The party is over' },
  banned: { status: 403, title: 'The host has banned this player' },
  wrong_passcode: { status: 403, title: 'The passcode is missing or wrong' },
  second_step_required: { status: 403, title: "The code on the host's screen is missing or out of date" },
  not_on_roster: { status: 403, title: 'Only those on the roster may join' },
  roster_taken: { status: 403, title: 'Somebody has joined in this place of the roster already' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  category_not_found: { status: 404, title: 'There is no such category' },
  party_not_found: { status: 404, title: 'There is no such party' },
  room_not_found: { status: 404, title: 'There is no room with this code' },
  quiz_not_found: { status: 404, title: 'There is no such quiz' },
  results_not_found: { status: 404, title: 'There are no results of this party' },
  player_not_found: { status: 404, title: 'Nothing is known of this player' },
  method_not_allowed: { status: 405, title: 'This address does not know this method' },
  results_not_ready: { status: 409, title: 'The results are not stored yet' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body is not of a media type this call reads' },
  not_enough_questions: { status: 422, title: 'The category has fewer questions than rounds were asked for' },
  nickname_refused: { status: 422, title: 'The nickname policy of the party refuses this nickname' },
  team_refused: { status: 422, title: 'The party has no such team' },
  quiz_invalid: { status: 422, title: 'The quiz cannot be played as it is' },
  settings_invalid: { status: 422, title: 'These settings contradict each other' },
  import_unreadable: { status: 422, title: 'The file is not of the format it was sent as' },
  upgrade_required: { status: 426, title: 'This address speaks WebSocket' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  store_unavailable: { status: 503, title: 'The store cannot be reached; try again' },
  not_ready: { status: 503, title: 'This node is not ready' },
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof problems;
