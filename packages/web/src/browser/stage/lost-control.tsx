/**
 * Told to a host's screen that is not heard any more, in the place of its buttons: another one leads. It may stay so for a
 * whole game, where a phone steers what a beamer shows, and so it covers nothing. Coming back takes control, too.
 */
import type { Link } from '../play/playing.ts';
import { FullScreen } from './full-screen.tsx';

interface LostControlProps {
  link: Link;
  onTakeBack: () => void;
}

export function LostControl({ link, onTakeBack }: LostControlProps) {
  const isLive = link.state === 'live';
  return (
    <footer class="controls">
      <div class="controls-row">
        <FullScreen />
        <p class="lost-control" role="status">
          {isLive ? 'Another screen of yours leads now.' : 'Taking control back…'}
        </p>
        <button
          type="button"
          class="button button-primary controls-next"
          aria-disabled={!isLive}
          onClick={() => {
            if (isLive) onTakeBack();
          }}
        >
          Take control back
        </button>
      </div>
    </footer>
  );
}
