/** A picture of a question. One that does not load says so instead of leaving a hole. */
import { useState } from 'preact/hooks';

export function Media({ url }: { url: string }) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  if (failedUrl === url) return <p class="media media-failed">The picture could not be loaded.</p>;
  return (
    <div class="media">
      <img src={url} alt="Belongs to the question" referrerpolicy="no-referrer" onError={() => setFailedUrl(url)} />
    </div>
  );
}
