/** The running question on a player's screen: what is asked, what is left of the time, and the means to answer. */
import type { AnswerChoice, ShownQuestion, WsErrorCode } from '@partyline/protocol';
import type { OwnAnswerView, View } from '../party-client.ts';
import { Countdown, clockOf } from '../ui/countdown.tsx';
import { Media } from '../ui/media.tsx';
import { useFocusOn } from '../ui/page.tsx';
import { Tally } from '../ui/tally.tsx';
import { useNow } from '../ui/use-now.ts';
import { adviceOnRefusal } from '../words/advice.ts';
import { answerLines } from '../words/answer-text.ts';
import { grouped, listed } from '../words/format.ts';
import { OneChoice, OrderedChoices, SeveralChoices } from './choices.tsx';
import { isScoredKind, mayAnswer, ownAnswer } from './playing.ts';
import { NumberAnswer, RatingAnswer, TextAnswer, WordsAnswer } from './typed-answer.tsx';

type Asking = View & { question: ShownQuestion };

interface QuestionProps {
  view: Asking;
  isLive: boolean;
  onAnswer: (choice: AnswerChoice) => void;
}

export function QuestionScreen({ view, isLive, onAnswer }: QuestionProps) {
  const { question, round, rounds, closes_at } = view;
  const heading = useFocusOn<HTMLHeadingElement>(`${view.game_id} ${round}`);
  const now = useNow(200, closes_at !== null);
  const isTimeUp = closes_at !== null && now >= closes_at;
  return (
    <section class="question" aria-labelledby="prompt">
      <p class="question-place">
        <span>
          Question {round} of {rounds}
        </span>
        <span class="question-worth">{worth(view)}</span>
      </p>
      <Countdown clock={clockOf(view)} look="bar" />
      <h1 id="prompt" class="prompt" tabIndex={-1} ref={heading} dir="auto">
        {question.prompt === '' ? 'Look at the big screen' : question.prompt}
      </h1>
      {question.media === undefined ? null : <Media url={question.media.url} />}
      <div class={`answer answer-${question.kind}`} key={round}>
        {isTallyShown(view) ? (
          <VotesSoFar view={view} />
        ) : (
          <Answering {...{ view, onAnswer }} isOpen={!isTimeUp && mayAnswer(view)} />
        )}
      </div>
      <AnswerStatus {...{ view, isTimeUp, isLive }} />
    </section>
  );
}

interface AnsweringProps {
  view: Asking;
  isOpen: boolean;
  onAnswer: (choice: AnswerChoice) => void;
}

function Answering({ view, isOpen, onAnswer }: AnsweringProps) {
  const { question, choices } = view;
  const own = mayAnswer(view) ? null : (ownAnswer(view)?.choice ?? null);
  const given = own === null ? null : Array.isArray(own) ? own : [String(own)];
  switch (question.kind) {
    case 'single':
    case 'true_false':
    case 'poll':
      return (
        <OneChoice {...{ choices, given, isOpen, onAnswer }} sign={ownAnswer(view)?.correct === false ? '✗' : '✓'} />
      );
    case 'multiple':
      return <SeveralChoices {...{ choices, given, isOpen, onAnswer }} />;
    case 'order':
      return <OrderedChoices {...{ choices, given, isOpen, onAnswer }} />;
    case 'rating':
      return <RatingAnswer {...{ question, isOpen, onAnswer }} given={typeof own === 'number' ? own : null} />;
    case 'text':
      return given === null ? <TextAnswer {...{ question, isOpen, onAnswer }} /> : <Given {...{ view, own }} />;
    case 'number':
      return given === null ? <NumberAnswer {...{ question, isOpen, onAnswer }} /> : <Given {...{ view, own }} />;
    case 'word_cloud':
      return given === null ? <WordsAnswer {...{ question, isOpen, onAnswer }} /> : <Given {...{ view, own }} />;
  }
}

/** Votes that are counted live are shown to who has voted; before, they would lead. */
function isTallyShown({ settings, question, counts = {}, ...view }: Asking): boolean {
  const isLive = settings.show_vote_results === 'live' && !isScoredKind(question.kind);
  return isLive && ownAnswer(view)?.status === 'accepted' && Object.keys(counts).length > 0;
}

function VotesSoFar({ view }: { view: Asking }) {
  const { question, choices, counts = {}, answered } = view;
  const own = ownAnswer(view)?.choice ?? null;
  return (
    <>
      {own === null ? null : <Given {...{ view, own }} />}
      <h2>Votes so far</h2>
      <Tally {...{ question, choices, counts, answered }} />
    </>
  );
}

function Given({ view, own }: { view: Asking; own: AnswerChoice | null }) {
  return (
    <div class="given">
      <p class="given-label">{isScoredKind(view.question.kind) ? 'Your answer' : 'Your vote'}</p>
      <p class="given-text" dir="auto">
        {listed(answerLines(view.question.kind, view.choices, own))}
      </p>
    </div>
  );
}

interface StatusProps {
  view: Asking;
  isTimeUp: boolean;
  isLive: boolean;
}

/** Always there and always as high, so that nothing jumps when a word comes in. */
function AnswerStatus(props: StatusProps) {
  const { tone, text } = statusOf(props);
  return (
    <p class={`answer-status status-${tone}`} role="status">
      {text}
    </p>
  );
}

function statusOf({ view, isTimeUp, isLive }: StatusProps): { tone: string; text: string } {
  const own = ownAnswer(view);
  if (own === null) return isTimeUp ? { tone: 'calm', text: 'Time is up.' } : { tone: 'none', text: '' };
  switch (own.status) {
    case 'sending':
      return isLive
        ? { tone: 'calm', text: 'Sending…' }
        : { tone: 'warn', text: 'Kept. It is sent as soon as you are connected again.' };
    case 'refused':
      return { tone: 'warn', text: adviceOnRefusal((own.code ?? 'retry') as WsErrorCode) };
    case 'accepted':
      return acceptedStatus(own, isScoredKind(view.question.kind));
  }
}

function acceptedStatus({ correct = null, points = 0 }: OwnAnswerView, isScored: boolean) {
  if (!isScored) return { tone: 'good', text: '✓ Your vote is in.' };
  if (correct === null) return { tone: 'good', text: '✓ Your answer is in.' };
  if (correct) return { tone: 'good', text: `✓ Correct! +${grouped(points)}` };
  if (points > 0) return { tone: 'good', text: `Partly right. +${grouped(points)}` };
  return { tone: 'bad', text: '✗ Not right this time.' };
}

/** `multiple` by Kahoot's formula pays for each right choice, and how many of those there are is not to be told. */
export function worth({ question, settings }: Pick<Asking, 'question' | 'settings'>): string {
  const { kind, points } = question;
  if (!isScoredKind(kind)) return 'A vote';
  if (points === 0 || settings.scoring === 'none') return 'No points';
  return kind === 'multiple' && settings.scoring === 'kahoot'
    ? `Up to ${grouped(points / 2)} per right choice`
    : `Up to ${grouped(points)}`;
}
