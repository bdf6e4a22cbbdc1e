/** T13: whatever people type stays text. Each payload takes the place of every text of a party on every screen. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ImportReport, RoomResponse } from '@partyline/protocol';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import './tsx.ts';
import type { View } from '../src/browser/party-client.ts';
import { kindOptions } from '../src/browser/quiz/question-kinds.ts';
import { asking, revealing, sampleLine, sampleView } from './sample-view.ts';

const { PlayerScreen } = await import('../src/browser/play/player-screen.tsx');
const { StageScreen } = await import('../src/browser/stage/stage-screen.tsx');
const { DoorForm } = await import('../src/browser/join/door-form.tsx');
const { People } = await import('../src/browser/stage/people.tsx');
const { Report } = await import('../src/browser/quiz/import-page.tsx');

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  '</p><iframe src="javascript:alert(1)"></iframe>',
  '</style><script>alert(1)</script>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--><img src=1 onerror=alert(1)>">',
  '<a href="javascript:alert(1)">x</a>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is typed here
  '${alert(1)}',
  'javascript:alert(1)',
  '<details open ontoggle=alert(1)>',
  '<form action="//evil.example"><button>x',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '<ſcript>alert(1)</ſcript>',
  '\u202e<script>alert(1)</script>',
];

/** The view with this text wherever a person may have typed one. */
function filledWith(text: string, view: View): View {
  return {
    ...view,
    title: text,
    players: view.players.map((player) => ({ ...player, nickname: text, team: text })),
    question: view.question === null ? null : { ...view.question, prompt: text, category: text },
    choices: view.choices.map((choice) => ({ ...choice, text })),
    waiting: [{ user_id: 'w', nickname: text }],
    waiting_total: 1,
    leaderboard: [{ ...sampleLine('Ann', 1, 5), nickname: text, team: text }],
    podium: [{ ...sampleLine('Ann', 1, 5), nickname: text }],
    teams: [{ rank: 1, team: text, score: 5, members: 1 }],
    you: { ...view.you, nickname: text, team: text },
    answer: view.question?.kind === 'text' ? { round: 1, choice: text, status: 'accepted' } : view.answer,
    reveal:
      view.reveal === null
        ? null
        : {
            ...view.reveal,
            explanation: text,
            correct: view.question?.kind === 'text' ? [text] : view.reveal.correct,
            counts: view.question?.kind === 'word_cloud' ? { [text]: 2 } : view.reveal.counts,
            leaderboard: [{ ...sampleLine('Ann', 1, 5), nickname: text }],
          },
  };
}

const questionKinds = kindOptions.map(({ value }) => value);

const screens: View[] = [
  sampleView(),
  sampleView({ phase: 'finished' }),
  ...questionKinds.map((kind) => asking(kind)),
  ...questionKinds.map((kind) => revealing(kind)),
];

const commands = { running: null, fault: null, send: () => undefined };
const nothing = (): undefined => undefined;

function drawn(text: string): string[] {
  const views = screens.map((view) => filledWith(text, view));
  const room: RoomResponse = {
    ...{ room_code: text, title: text, phase: 'lobby', locked: false, players: 1 },
    nickname_policy: { mode: 'free', min: 1, max: 20, profanity: 'mask', unique: true },
    ...{ passcode_required: true, second_step_required: true, roster_required: true, approval_required: true },
    ...{ late_join: true, teams: { mode: 'chosen', names: [text] } },
  };
  const report: ImportReport = {
    ...{ format: 'csv', dry_run: true, quiz_id: null, title: text, imported: 1, skipped: 1 },
    rows: [{ row: 1, column: text, code: 'c', message: text, severity: 'error', left_out: true }],
  };
  return [
    ...views.map((view) =>
      renderToString(h(PlayerScreen, { playing: { view, link: { state: 'live' } }, onAnswer: nothing })),
    ),
    ...views.map((view) =>
      renderToString(
        h(StageScreen, {
          view,
          link: { state: 'live' },
          commands,
          afterwards: null,
          onTakeBack: () => undefined,
          onLeave: nothing,
        }),
      ),
    ),
    ...views.map((view) => renderToString(h(People, { view, commands, onClose: nothing }))),
    renderToString(
      h(DoorForm, {
        room,
        refusal: { field: 'nickname', advice: text },
        isBusy: false,
        onJoin: nothing,
        onBack: nothing,
      }),
    ),
    renderToString(h(Report, { report })),
  ];
}

/** Elements and the names of their attributes, in order: what markup a page consists of, the texts aside. */
function markup(html: string): string {
  const tags = html.match(/<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>/g) ?? [];
  return tags.map((tag) => tag.replace(/="[^"]*"/g, '').replace(/'[^']*'/g, '')).join('\n');
}

test('no text that people type becomes markup, on any screen (T13)', () => {
  const plain = drawn('Plain words of some length').map(markup);
  for (const payload of payloads) {
    drawn(payload).forEach((html, screen) => {
      assert.equal(markup(html), plain[screen], `${payload} on screen ${screen}`);
    });
  }
});

test('the test above would see markup', () => {
  assert.notEqual(markup('<p>x</p>'), markup(`<p>${payloads[0]}</p>`));
  assert.notEqual(markup('<p title="x">x</p>'), markup(`<p title="${payloads[4]}">x</p>`));
});

const browser = fileURLToPath(new URL('../src/browser/', import.meta.url));
const sources = readdirSync(browser, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));

test('no page sets markup from text, runs text, or styles by text', () => {
  const forbidden =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function|javascript:|cssText|style="/i;
  assert.ok(sources.length > 50);
  for (const path of sources) {
    const found = forbidden.exec(readFileSync(`${browser}${path}`, 'utf8'));
    assert.equal(found?.[0], undefined, path);
  }
});

test('only one file of the pages knows the client, and none opens sockets or fetches by itself', () => {
  for (const path of sources) {
    const source = readFileSync(`${browser}${path}`, 'utf8');
    if (path !== 'party-client.ts') assert.doesNotMatch(source, /from '@partyline\/client'/, path);
    assert.doesNotMatch(source, /new WebSocket|\bfetch\(['"`]/, path);
    assert.doesNotMatch(source, /Date\.now\(\)/, path);
  }
});
