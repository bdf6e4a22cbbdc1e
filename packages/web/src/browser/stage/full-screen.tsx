/** The big screen without the browser around it, and back. */

export function FullScreen() {
  return (
    <button type="button" class="button button-small" onClick={toggleFullScreen}>
      Full screen
    </button>
  );
}

function toggleFullScreen(): void {
  const asked =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  asked.catch(() => undefined);
}
