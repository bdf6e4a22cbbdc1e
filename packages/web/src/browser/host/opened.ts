/** A room just opened becomes a seat of this tab, and one of its rooms. */
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
