import assert from 'node:assert/strict';
import test from 'node:test';
import type { QuestionKind } from '@partyline/protocol';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import './tsx.ts';
import type { View } from '../src/browser/party-client.ts';
import { kindOptions } from '../src/browser/quiz/question-kinds.ts';
import { asking, revealing, sampleLine, samplePlanets, sampleQuestion, sampleView } from './sample-view.ts';

const { PlayerScreen } = await import('../src/browser/play/player-screen.tsx');
const { StageScreen } = await import('../src/browser/stage/stage-screen.tsx');
const { CodeForm } = await import('../src/browser/join/code-form.tsx');
const { QrCode } = await import('../src/browser/ui/qr-code.tsx');
const { podiumSteps } = await import('../src/browser/ui/podium.tsx');
const { numberFault } = await import('../src/browser/play/typed-answer.tsx');
const { choicesLooks } = await import('../src/browser/stage/stage-question.tsx');
const { People } = await import('../src/browser/stage/people.tsx');
const { Report } = await import('../src/browser/quiz/import-page.tsx');
const { fittingScale } = await import('../src/browser/ui/use-fit.ts');
const { worth } = await import('../src/browser/play/question-screen.tsx');
const { AnswerTable } = await import('../src/browser/play/own-answers.tsx');
const { finalTitle } = await import('../src/browser/play/finished-screen.tsx');

const questionKinds = kindOptions.map(({ value }) => value);
const live = { state: 'live' } as const;
const commands = { running: null, fault: null, send: () => undefined };

function player(view: View | null, link: Parameters<typeof PlayerScreen>[0]['playing']['link'] = live): string {
  return renderToString(h(PlayerScreen, { playing: { view, link }, onAnswer: () => undefined }));
}

function stage(view: View, link: Parameters<typeof StageScreen>[0]['link'] = live): string {
  return renderToString(
    h(StageScreen, { view, link, commands, afterwards: null, onTakeBack: () => undefined, onLeave: () => undefined }),
  );
}

const buttons = (html: string): string[] =>
  [...html.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, text]) => plain(text ?? ''));
const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('a choice is a button with its text and a shape of its own', () => {
  const html = player(asking());
  assert.deepEqual(buttons(html), ['Jupiter', 'Saturn', 'Earth', 'Mars']);
  const shapes = [...html.matchAll(/class="choice fill-([a-z]+)/g)].map(([, shape]) => shape);
  assert.equal(new Set(shapes).size, 4);
});

test('where phones show no texts, a choice is named by its shape', () => {
  const choices = samplePlanets.map(({ id }) => ({ id, text: '' }));
  const html = player(asking('single', { choices, question: sampleQuestion('single', { prompt: '' }) }));
  assert.deepEqual(buttons(html), ['Red triangle', 'Blue diamond', 'Yellow circle', 'Green square']);
  assert.match(plain(html), /Look at the big screen/);
});

test('every kind of question can be answered', () => {
  const answering: Record<QuestionKind, RegExp> = {
    single: /Jupiter/,
    poll: /Jupiter/,
    true_false: /True.*False/,
    multiple: /Choose all that are right/,
    order: /Touch what comes 1st/,
    text: /Your answer/,
    number: /Your number/,
    rating: /From 1 \(lowest\) to 5/,
    word_cloud: /Your word/,
  };
  for (const kind of questionKinds) assert.match(plain(player(asking(kind))), answering[kind], kind);
});

test('an accepted answer stays marked, and no other can be sent', () => {
  const html = player(asking('single', { answer: { round: 1, choice: 'b', status: 'accepted' } }));
  assert.match(html, /choice-picked[^>]*aria-disabled="?true/);
  assert.equal([...html.matchAll(/choice-faded/g)].length, 3);
  assert.match(plain(html), /Your answer is in/);
  assert.doesNotMatch(html, /aria-disabled="?false/);
});

test('an answer on its way is kept while the line is cut', () => {
  const view = asking('single', { answer: { round: 1, choice: 'b', status: 'sending' } });
  assert.match(plain(player(view)), /Sending/);
  const lost = plain(player(view, { state: 'reconnecting' }));
  assert.match(lost, /Kept\. It is sent as soon as you are connected again/);
  assert.match(lost, /Connection lost/);
});

test('time that is up closes the answer', () => {
  const html = player(asking('single', { closes_at: performance.now() - 1 }));
  assert.match(plain(html), /Time is up\./);
  assert.equal([...html.matchAll(/aria-disabled="?true/g)].length, 4);
});

test('instant feedback is told on the question', () => {
  const answer = { round: 1, choice: 'a', status: 'accepted', correct: true, points: 967 } as const;
  assert.match(plain(player(asking('single', { answer }))), /Correct! \+967/);
  const wrong = plain(player(asking('single', { answer: { ...answer, correct: false, points: 0 } })));
  assert.match(wrong, /Jupiter ✗ .*Not right/);
  assert.doesNotMatch(wrong, /✓/);
});

test('a reveal tells the verdict, the right answer, the place and the explanation', () => {
  const text = plain(player(revealing()));
  for (const part of ['Correct!', '+967 points', '1st of 2', 'Right Jupiter', 'It has the most mass.', 'Leaderboard']) {
    assert.ok(text.includes(part), part);
  }
});

test('a reveal that the clock ends says when', () => {
  const soon = { ...revealing(), next_at: performance.now() + 2_500 };
  assert.match(plain(player(soon)), /Next question in 3 s/);
  assert.match(plain(stage({ ...soon, round: 3 })), /The final result in 3 s/);
  assert.doesNotMatch(plain(player(revealing())), /Next question/);
});

test('who was wrong reads what they had answered beside what was right', () => {
  const told = revealing();
  const you = { ...told.you, last: { round: 1, correct: false, points: 0 } };
  const html = player({ ...told, you, answer: { round: 1, choice: 'd', status: 'accepted' } });
  assert.match(plain(html), /Right Jupiter You: Mars/);
  assert.doesNotMatch(plain(player({ ...told, answer: { round: 1, choice: 'a', status: 'accepted' } })), /You:/);
});

test('any of the accepted texts was enough', () => {
  const told = revealing('text', { correct: ['Paris', 'Lutetia'], counts: {} });
  assert.match(plain(player(told)), /Right Paris or Lutetia/);
  assert.match(plain(stage(told)), /Paris or Lutetia/);
});

test('a hidden leaderboard hides score and place on every screen', () => {
  const settings = { ...sampleView().settings, leaderboard: 'hidden' as const };
  const view = { ...revealing('single', { leaderboard: [] }), settings };
  const text = plain(player({ ...view, you: { ...view.you, rank: null } }));
  assert.doesNotMatch(text, /1st|Leaderboard|967 points\b.*967/);
});

test('a vote shows what everybody said', () => {
  const text = plain(player(revealing('poll', { correct: null, counts: { a: 3, b: 1 } })));
  assert.match(text, /Jupiter ★ most votes 3 75%/);
  assert.match(text, /Mars 0 0%/);
});

test('the calm screens say what happens next', () => {
  const waiting = sampleView({ you: { ...sampleView().you, status: 'waiting' } });
  assert.match(plain(player(null)), /Connecting/);
  assert.match(plain(player(sampleView())), /You are in, Ann!.*2 players Ann Bob/);
  assert.match(plain(player(sampleView({ kind: 'quick' }))), /Keep this page open/);
  assert.match(plain(player(waiting)), /Waiting to be let in/);
  assert.match(
    plain(player(asking('single', { phase: 'paused', paused_with_ms: 7_000, closes_at: null }))),
    /Paused.*7 seconds/,
  );
  assert.match(plain(player(asking(), { state: 'ended', reason: 'removed' })), /The host removed you/);
  assert.match(plain(player(asking(), { state: 'ended', reason: 'banned' })), /The host banned you.*cannot come back/);
  assert.match(plain(player(null, { state: 'ended', reason: 'party_over' })), /This party is over/);
});

test('the end names the winner, and tells whether the results are safe', () => {
  const podium = [sampleLine('Ann', 1, 967), sampleLine('Bob', 2, 500)];
  const over = sampleView({ phase: 'finished', podium, leaderboard: podium, results: 'pending' });
  const won = { ...over, you: { ...over.you, rank: 1, score: 967 } };
  assert.match(plain(player(won)), /You won!.*Saving the results/);
  assert.match(plain(player({ ...won, results: 'saved' })), /The results are saved/);
  assert.equal(finalTitle({ ...over, you: { ...over.you, rank: 2 } }), 'You are 2nd!');
  assert.equal(finalTitle({ ...over, you: { ...over.you, rank: 9 } }), 'Well played!');
});

test('where there were no points to win nobody won, and nobody is ranked', () => {
  const leaderboard = [sampleLine('Ann', 1, 0), sampleLine('Bob', 1, 0)];
  const over = sampleView({ phase: 'finished', podium: [], leaderboard, results: 'saved' });
  const settings = { ...over.settings, scoring: 'none' as const };
  const shown = plain(player({ ...over, settings, you: { ...over.you, rank: 1, score: 0 } }));
  assert.match(shown, /That was it. Thank you!/);
  assert.doesNotMatch(shown, /won|1st|points/);
});

test('those who share a place stand on it together', () => {
  const steps = podiumSteps([
    sampleLine('Ann', 1, 9),
    sampleLine('Bob', 1, 9),
    sampleLine('Cem', 3, 5),
    sampleLine('Dee', 4, 1),
  ]);
  assert.deepEqual(
    steps.map(({ place, names }) => [place, names]),
    [
      [1, ['Ann', 'Bob']],
      [3, ['Cem']],
    ],
  );
});

test('of many who share a place only some are named', () => {
  const podium = Array.from({ length: 40 }, (_, index) => sampleLine(`P${index}`, 1, 0));
  const html = player(sampleView({ phase: 'finished', podium, leaderboard: podium.slice(0, 10) }));
  assert.match(plain(html), /P0, P1, P2, P3 and others 1st/);
});

test('the big screen shows the way in, and the second step where there is one', () => {
  const html = stage(sampleView({ second_step: { code: '4711', changes_at: performance.now() + 9_500 } }));
  assert.match(plain(html), /Join at quiz\.example.*225 133.*4711.*changes in 10 s/);
  assert.match(html, /aria-label="QR code of https:\/\/quiz\.example\/join\/225133"/);
});

test('the big screen shows the texts, the time and how many have answered', () => {
  const text = plain(stage(asking('single', { answered: 1 })));
  assert.match(text, /Which planet is the largest\?.*15.*1 of 2 answered.*Jupiter Saturn Earth Mars/);
});

test('choices are set as large as their texts let them', () => {
  const looks = (count: number, text: string): string =>
    choicesLooks(Array.from({ length: count }, (_, place) => ({ id: String(place), text })));
  assert.doesNotMatch(looks(4, 'Saturn'), /many|lengthy/);
  assert.match(looks(4, 'x'.repeat(61)), /lengthy/);
  assert.match(looks(6, 'Saturn'), /many.*brief/);
  assert.doesNotMatch(looks(6, 'x'.repeat(61)), /brief|lengthy/);
});

test('live votes are shown for votes alone, never for what has a right answer', () => {
  const settings = { ...sampleView().settings, show_vote_results: 'live' as const };
  assert.match(stage(asking('poll', { settings, counts: { a: 1 } })), /class="bars/);
  assert.doesNotMatch(stage(asking('single', { settings, counts: { a: 1 } })), /class="bars/);
});

test('a reveal says what the round brought to each, the end does not', () => {
  const lines = [
    { ...sampleLine('Bob', 1, 1_500), gained: 967, moved: 2 },
    { ...sampleLine('Ann', 2, 900), moved: -1 },
  ];
  const view = revealing('single', { leaderboard: lines });
  for (const html of [stage(view), player(view)])
    assert.match(plain(html), /1 Bob 1,500 ▲2 up 2 places \+967 2 Ann.*900 ▼1 down 1 place/);
  const over = sampleView({ phase: 'finished', podium: lines.slice(0, 1), leaderboard: lines });
  assert.doesNotMatch(plain(stage(over)), /967|▲/);
});

test('the second step stays on the big screen while people may still join', () => {
  const second_step = { code: '4711', changes_at: performance.now() + 9_500 };
  assert.match(plain(stage(asking('single', { second_step }))), /225 133 then 4711 , which changes in 10 s/);
  assert.doesNotMatch(plain(stage(asking())), /then/);
  assert.doesNotMatch(stage(asking('single', { second_step, locked: true })), /4711/);
  const people = renderToString(
    h(People, { view: asking('single', { second_step }), commands, onClose: () => undefined }),
  );
  assert.match(plain(people), /room 225 133 then type 4711/);
});

test('what a question is worth is said without telling how many choices are right', () => {
  const at = (scoring: 'kahoot' | 'accuracy' | 'none', kind: QuestionKind, points = 1_000) =>
    worth({ question: sampleQuestion(kind, { points }), settings: { ...sampleView().settings, scoring } });
  assert.equal(at('kahoot', 'single'), 'Up to 1,000');
  assert.equal(at('kahoot', 'multiple'), 'Up to 500 per right choice');
  assert.equal(at('accuracy', 'multiple'), 'Up to 1,000');
  assert.equal(at('none', 'single'), 'No points');
  assert.equal(at('kahoot', 'single', 0), 'No points');
  assert.equal(at('kahoot', 'poll', 0), 'A vote');
});

test('live votes are shown to who has voted, and to nobody before', () => {
  const settings = { ...sampleView().settings, show_vote_results: 'live' as const };
  const counts = { a: 2, b: 1 };
  const voting = asking('poll', { settings, counts, answered: 3 });
  assert.doesNotMatch(player(voting), /class="bars/);
  const voted = { ...voting, answer: { round: 1, choice: 'b', status: 'accepted' as const } };
  assert.match(plain(player(voted)), /Your vote Saturn Votes so far Jupiter 2 67%/);
  assert.doesNotMatch(player({ ...voted, settings: sampleView().settings }), /class="bars/);
  const anonymous = { ...voted, answer: { ...voted.answer, choice: null } };
  assert.match(plain(player(anonymous)), /Votes so far/);
});

test('a screen that has lost control says so and takes it back with one touch', () => {
  const lost = stage(asking('single', { leads: false }));
  assert.match(plain(lost), /Another screen of yours leads now\. Take control back/);
  assert.deepEqual(buttons(lost), ['Full screen', 'Take control back']);
  assert.doesNotMatch(stage(asking()), /Take control back/);
  assert.doesNotMatch(stage(sampleView({ phase: 'finished', leads: false })), /Take control back/);
  const back = plain(stage(asking('single', { leads: false }), { state: 'reconnecting' }));
  assert.match(back, /Taking control back…/);
  assert.doesNotMatch(back, /Connection lost/);
});

test('when time is up and some have more of it, the big screen says so and shows theirs', () => {
  const up = { closes_at: performance.now() - 1_000, extra_time_ms: 10_000 };
  const html = stage(asking('single', up));
  assert.match(plain(html), /some have more time/);
  assert.match(html, /countdown-extra/);
  assert.match(plain(html), /^.*?\b9\b/);
  for (const none of [
    { ...up, extra_time_ms: 0 },
    { ...up, extra_time_ms: null },
    { ...up, closes_at: performance.now() + 5_000 },
  ])
    assert.doesNotMatch(stage(asking('single', none)), /some have more time|countdown-extra/);
});

test('type is set as large as fits, and no smaller than can be read', () => {
  assert.equal(
    fittingScale(() => true),
    1,
  );
  assert.equal(
    fittingScale(() => false),
    0.5,
  );
  const found = fittingScale((scale) => scale <= 0.7);
  assert.ok(found <= 0.7 && found > 0.68, String(found));
});

test('a report of an import tells what was left out from what was kept with a note', () => {
  const row = { row: 2, column: 'type', code: 'kind_unsupported', message: 'm', severity: 'warning' as const };
  const rows = [
    { ...row, left_out: true },
    { ...row, row: 3, left_out: false },
    { ...row, row: 0, left_out: false },
  ];
  const about = { format: 'csv' as const, dry_run: true, quiz_id: null, title: 'T', imported: 1, skipped: 1 };
  const text = plain(renderToString(h(Report, { report: { ...about, rows } })));
  assert.match(text, /2 type Left out : m 3 type Kept : m File type Note : m/);
});

test('a host is told who waits', () => {
  const text = plain(stage(sampleView({ waiting: [{ user_id: 'c', nickname: 'Cem' }], waiting_total: 1 })));
  assert.match(text, /2 players in, 1 waiting.*People 1 waiting/);
});

test("a player's own answers stand beside what was asked", () => {
  const counted = { question_id: 'q1', kind: 'single', answered: 2, correct: 1, accuracy: 0.5, mean_ms: 900 } as const;
  const answered = { question_id: 'q1', kind: 'single', user_id: 'ann', nickname: 'Ann', choice: 'a' } as const;
  const html = renderToString(
    h(AnswerTable, {
      rows: [{ round: 1, ...answered, correct: true, points: 967, elapsed_ms: 900 }],
      rounds: [{ round: 1, ...counted, prompt: 'Which planet is the largest?' }],
    }),
  );
  assert.match(plain(html), /1 Which planet is the largest\? ✓ Right 967 0\.9 s/);
});

test('a number outside its bounds is refused before it is sent', () => {
  assert.equal(numberFault(5, { min: 0, max: 10 }), null);
  assert.match(numberFault(-1, { min: 0 }) ?? '', /too small.*0 or more/i);
  assert.match(numberFault(11, { max: 10 }) ?? '', /too large.*10 or less/i);
  assert.match(numberFault(null, {}) ?? '', /not a number/i);
});

/** Every input has a label, every button and every picture a name. */
function unnamed(html: string): string[] {
  const labelled = new Set([...html.matchAll(/<label[^>]* for="([^"]+)"/g)].map(([, id]) => id));
  const inputs = [...html.matchAll(/<(?:input|select|textarea)[^>]*>/g)].map(([tag]) => tag);
  const loose = inputs.filter((tag) => !labelled.has(/ id="([^"]+)"/.exec(tag)?.[1]) && !tag.includes('aria-label='));
  const silent = [...html.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].filter(
    ([, attributes = '', text = '']) => plain(text) === '' && !attributes.includes('aria-label='),
  );
  const pictures = [...html.matchAll(/<img[^>]*>/g)].map(([tag]) => tag).filter((tag) => !tag.includes('alt="'));
  return [...loose, ...silent.map(([tag]) => tag), ...pictures];
}

test('nothing that can be used is without a name', () => {
  const code = h(CodeForm, { code: '', fault: 'No such room.', isBusy: false, onCode: () => undefined });
  const media = sampleQuestion('single', { media: { url: 'https://example.org/a.png' } });
  const screens = [
    renderToString(code),
    ...questionKinds.map((kind) => player(asking(kind))),
    player(asking('single', { question: media })),
    ...questionKinds.map((kind) => stage(asking(kind))),
    stage(sampleView()),
    stage(revealing()),
  ];
  for (const html of screens) assert.deepEqual(unnamed(html), []);
  for (const html of screens) assert.equal([...html.matchAll(/<h1/g)].length, 1);
});

test('a QR code is drawn dark on light, every dark cell once', () => {
  const html = renderToString(h(QrCode, { text: 'https://quiz.example/join/225133', label: 'code' }));
  assert.match(html, /class="qr-light"/);
  const cells = [...html.matchAll(/M(\d+) (\d+)h(\d+)v1/g)];
  assert.ok(cells.length > 100);
  assert.equal(new Set(cells.map(([, x, y]) => `${x} ${y}`)).size, cells.length);
});
