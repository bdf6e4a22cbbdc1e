/** A room that was opened, or whose screen was taken again, becomes a seat of this tab, and one of its rooms. */
import type { CreateRoomRequest } from '@partyline/protocol';
import type { Api } from '../party-client.ts';
import { kept } from '../seat/kept.ts';

/** Answers with the room's code. */
export async function openRoom(api: Api, request: CreateRoomRequest, title: string): Promise<string> {
  const { party_id, room_code, host_token } = await api.createRoom(request);
  kept.keepSeat({ room_code, party_id, token: host_token, user_id: null, is_host: true });
  kept.keepOpenedRoom({ room_code, party_id, title });
  return room_code;
}

/** The host key is enough, wherever the room was opened. */
export async function takeRoom(api: Api, code: string): Promise<void> {
  const { party_id, room_code, title, host_token } = await api.takeRoom(code);
  kept.keepSeat({ room_code, party_id, token: host_token, user_id: null, is_host: true });
  kept.keepOpenedRoom({ room_code, party_id, title });
}
