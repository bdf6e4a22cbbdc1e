/** Which part of `/host` is open, as the part of the address behind `#`: a reload stays where it was. Pure. */

export type HostRoute =
  | { name: 'desk' }
  | { name: 'new' }
  | { name: 'edit'; quiz_id: string }
  | { name: 'import' }
  | { name: 'open'; quiz_id: string }
  | { name: 'ask' }
  | { name: 'room'; room_code: string }
  | { name: 'results'; party_id: string };

export function hostRoute(hash: string): HostRoute {
  const [name = '', id = ''] = hash.replace(/^#/, '').split('/');
  switch (name) {
    case 'new':
    case 'import':
    case 'ask':
      return { name };
    case 'edit':
    case 'open':
      return id === '' ? { name: 'desk' } : { name, quiz_id: decoded(id) };
    case 'room':
      return id === '' ? { name: 'desk' } : { name, room_code: decoded(id) };
    case 'results':
      return id === '' ? { name: 'desk' } : { name, party_id: decoded(id) };
    default:
      return { name: 'desk' };
  }
}

export function hashOf(route: HostRoute): string {
  switch (route.name) {
    case 'desk':
      return '#desk';
    case 'new':
    case 'import':
    case 'ask':
      return `#${route.name}`;
    case 'edit':
    case 'open':
      return `#${route.name}/${encodeURIComponent(route.quiz_id)}`;
    case 'room':
      return `#room/${encodeURIComponent(route.room_code)}`;
    case 'results':
      return `#results/${encodeURIComponent(route.party_id)}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
