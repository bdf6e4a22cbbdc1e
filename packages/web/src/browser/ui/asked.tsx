/** A question in a table of results: its number, and what was asked where that is known. */

export function Asked({ round, prompt }: { round: number; prompt: string | undefined }) {
  return (
    <span class="asked">
      {round}
      {prompt === undefined ? null : (
        <span class="asked-prompt" dir="auto">
          {prompt}
        </span>
      )}
    </span>
  );
}
