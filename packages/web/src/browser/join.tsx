/** `/` and `/join/{room_code}`: find the room, pass its door, play. A seat that this tab holds already is taken at once. */
import { render } from 'preact';
import { JoinPage } from './join/join-page.tsx';

const app = document.getElementById('app');
if (app !== null) {
  app.textContent = '';
  render(<JoinPage code={codeIn(location.pathname)} />, app);
}

function codeIn(path: string): string {
  const written = /^\/join\/([^/]+)$/.exec(path)?.[1] ?? '';
  try {
    return decodeURIComponent(written);
  } catch {
    return '';
  }
}
