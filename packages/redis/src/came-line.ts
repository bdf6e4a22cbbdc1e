/** Which players have come to which gateway, as told on a party's channel between its envelopes. */

const start = 'came ';

export interface Came {
  gateway_id: string;
  user_ids: string[];
}

export function encodeCame({ gateway_id, user_ids }: Came): string {
  return start + JSON.stringify([gateway_id, ...user_ids]);
}

/** Null for anything we have not written. */
export function decodeCame(message: string): Came | null {
  if (!message.startsWith(start)) return null;
  const [gateway_id, ...user_ids] = texts(message.slice(start.length));
  return gateway_id === undefined ? null : { gateway_id, user_ids };
}

function texts(json: string): string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : [];
  } catch {
    return [];
  }
}
