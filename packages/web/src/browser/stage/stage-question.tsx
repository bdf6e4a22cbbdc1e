/** The running question on the big screen: what is asked, what is left of the time, how many have answered. */
import type { ShownChoice, ShownQuestion } from '@partyline/protocol';
import type { View } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';
import { invitations } from '../quiz/question-kinds.ts';

import { Media } from '../ui/media.tsx';
import { shapeOf } from '../ui/shape.ts';
import { ShapeIcon } from '../ui/shape-icon.tsx';
import { Tally } from '../ui/tally.tsx';
import { useFit } from '../ui/use-fit.ts';
import { grouped } from '../words/format.ts';
import { ExtraTime, StageClock } from './extra-time.tsx';

export function StageQuestion({ view, question }: { view: View; question: ShownQuestion }) {
  const { choices, counts, answered, players_total, phase } = view;
  const isLive = view.settings.show_vote_results === 'live' && !isScoredKind(question.kind);
  const looks = questionLooks(question, choices, isLive);
  const section = useFit();
  return (
    <section ref={section} class={`stage-question ${looks}`} aria-labelledby="stage-prompt">
      <h1 id="stage-prompt" class={promptLooks(question)} dir="auto">
        {question.prompt}
      </h1>
      <div class="stage-middle">
        <StageClock view={view} />
        <div class="stage-centre">
          {phase === 'paused' ? (
            <p class="stage-paused">Paused</p>
          ) : question.media !== undefined ? (
            <Media url={question.media.url} />
          ) : (
            <p class="stage-invitation">{invitations[question.kind]}</p>
          )}
        </div>
        <p class="stage-answered">
          <strong>{grouped(answered)}</strong>
          <span>of {grouped(players_total)} answered</span>
          <ExtraTime view={view} />
        </p>
      </div>
      {isLive ? (
        <div class="stage-live">
          <Tally question={question} choices={choices} counts={counts ?? {}} answered={answered} />
        </div>
      ) : choices.length === 0 ? null : (
        <StageChoices choices={choices} />
      )}
    </section>
  );
}

function questionLooks({ media }: ShownQuestion, choices: readonly ShownChoice[], isLive: boolean): string {
  if (isLive) return 'stage-question-live';
  if (choices.length === 0) return media === undefined ? 'stage-question-open' : '';
  return choices.length > 4 ? 'stage-question-many' : '';
}

/** What fills a screen at full size is set smaller, so that it need not be scrolled. */
export function promptLooks({ prompt }: Pick<ShownQuestion, 'prompt'>): string {
  return prompt.length > 110 ? 'stage-prompt stage-prompt-long' : 'stage-prompt';
}

function StageChoices({ choices }: { choices: readonly ShownChoice[] }) {
  return (
    <ul class={choicesLooks(choices)}>
      {choices.map((choice, place) => {
        const shape = shapeOf(choice, place);
        return (
          <li key={choice.id} class={`stage-choice fill-${shape.name}`}>
            <ShapeIcon shape={shape} />
            <span dir="auto">{choice.text}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** What fits on one line in large letters. */
const briefLength = 40;
/** What takes more than two of them. */
const lengthyLength = 60;

export function choicesLooks(choices: readonly ShownChoice[]): string {
  const longest = Math.max(0, ...choices.map(({ text }) => text.length));
  if (choices.length > 4)
    return `stage-choices stage-choices-many ${longest <= briefLength ? 'stage-choices-brief' : ''}`;
  return longest > lengthyLength ? 'stage-choices stage-choices-lengthy' : 'stage-choices';
}
