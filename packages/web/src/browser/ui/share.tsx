/** A way in to show to others: the code in large, its QR code, and its link to send. */
import { useState } from 'preact/hooks';
import { spacedCode } from '../words/format.ts';
import { QrCode } from './qr-code.tsx';

export function joinLink(room_code: string): string {
  return `${location.origin}/join/${room_code}`;
}

export function Share({ room_code }: { room_code: string }) {
  const link = joinLink(room_code);
  const [sent, setSent] = useState<string | null>(null);

  async function share(): Promise<void> {
    if ('share' in navigator) {
      await navigator.share({ title: 'Partyline', url: link }).catch(() => undefined);
      return;
    }
    const isCopied = await copied(link);
    setSent(isCopied ? 'The link is copied.' : `Send this link: ${link}`);
  }

  return (
    <div class="share">
      <div class="share-qr">
        <QrCode text={link} label={`QR code of ${link}`} />
      </div>
      <p class="share-code">{spacedCode(room_code)}</p>
      <button type="button" class="button" onClick={() => void share()}>
        Send the link
      </button>
      <p class="hint" role="status">
        {sent}
      </p>
    </div>
  );
}

/** The clipboard is there on secure pages only. */
async function copied(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
