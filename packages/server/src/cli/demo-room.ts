/**
 * `make demo-room`: a host runs a room with every kind of question, a vote and a kick, on the Partyline that is up here (or
 * on one of its own); bots play it, this terminal shows it, and the results are written as a workbook.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createApi, createBot, createConnection } from '@partyline/client';
import type { ServerMessage } from '@partyline/protocol';
import { readEnvironment } from '../config.ts';
import { demoGuess } from '../demo/guess.ts';
import { choiceLine, countLine, faint, heading, name, podiumLine, scoreLine } from '../demo/paint.ts';
import { perform } from '../demo/perform.ts';
import { demoQuiz } from '../demo/room-quiz.ts';
import { onStage, type Stage } from '../demo/stage.ts';

const names = ['Ada L', 'Björn', 'Chidi', 'Dalia', 'Emre', 'Fumiko', 'Grace', 'Trouble'];
const teams = ['Owls', 'Foxes'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function play({ url, host_key }: Stage): Promise<void> {
  if (host_key === null)
    throw new Error('a host key is needed: HOST_KEY=… make demo-room (make host-key NAME=demo makes one)');
  const api = createApi({ baseUrl: url, token: host_key });
  const settings = {
    teams: { mode: 'auto' as const, names: teams },
    show_vote_results: 'live' as const,
    streak_bonus: true,
  };
  const room = await api.createRoom({ quiz: demoQuiz, settings: { ...settings, advance_when_all_answered: true } });
  say(heading(`Room ${room.room_code} at ${url}: “${demoQuiz.title}”`));
  const host = createConnection({ url, party_id: room.party_id, token: room.host_token });
  const ended = narrate(host);
  const joined = [];
  for (const nickname of names) joined.push(await api.joinRoom(room.room_code, { nickname }));
  const players = joined.map(({ token }) => createConnection({ url, party_id: room.party_id, token }));
  for (const connection of players) {
    createBot({
      connection,
      think(question) {
        const choice = demoGuess(question, Math.random);
        return choice === null ? null : { choice, after_ms: 300 + Math.random() * 2_000 };
      },
    });
  }
  await untilLive([host, ...players]);
  for (const { nickname, team } of joined) say(`   ${name(nickname)} plays for the ${team}`);

  await lead(host, joined.find(({ nickname }) => nickname === 'Trouble')?.user_id ?? '');
  await ended;
  const { DATA_DIR } = readEnvironment(process.env);
  const file = join(DATA_DIR, `results-${room.room_code}.xlsx`);
  await mkdir(DATA_DIR, { recursive: true });
  const workbook = await api.withToken(room.host_token).resultsFile(room.party_id, { format: 'xlsx' });
  await writeFile(file, Buffer.from(await workbook.arrayBuffer()));
  say(faint(`\n   Leaderboard, every answer and every category are in ${file}`));
  for (const connection of [host, ...players]) connection.close();
}

/** What a host does: opens, watches, pauses once, throws somebody out, moves on. */
async function lead(host: Connection, troublemaker: string): Promise<void> {
  await host.command('lock');
  say(faint('   the host locks the room and starts'));
  await host.command('start');
  for (let round = 1; round <= demoQuiz.questions.length; round += 1) {
    if (round === 2) {
      await host.command('kick', { user_id: troublemaker });
      say(faint('   the host removes Trouble'));
    }
    if (round === 3) {
      await host.command('pause');
      say(faint('   the host pauses for a moment, and goes on with ten seconds more'));
      await sleep(800);
      await host.command('resume');
      await host.command('extend', { seconds: 10 });
    }
    await untilRevealed(host, round);
    await sleep(1_000);
    await host.command('next');
  }
}

async function untilRevealed(host: Connection, round: number): Promise<void> {
  const deadline = performance.now() + 40_000;
  while (host.view?.phase !== 'reveal' || host.view.round !== round) {
    if (performance.now() > deadline) throw new Error(`round ${round} was not revealed`);
    await sleep(30);
  }
}

async function untilLive(connections: Connection[]): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (connections.some((connection) => connection.status !== 'live')) {
    if (performance.now() > deadline) throw new Error('not everybody could connect within 10 s');
    await sleep(20);
  }
}

/** Tells what the host's screen sees; resolves once the results are stored. */
function narrate(host: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    host.on('closed', ({ code, reason }) => reject(new Error(`the connection was closed: ${code} ${reason}`)));
    host.on('message', (message: ServerMessage) => {
      switch (message.type) {
        case 'question': {
          const { round, rounds, question, choices } = message.data;
          say(heading(`${round} of ${rounds} · ${question.kind} · ${question.prompt}`));
          for (const [place, choice] of choices.entries()) say(choiceLine(choice, place));
          return;
        }
        case 'reveal':
          return tellReveal(host, message.data);
        case 'finished':
          say(heading('The podium'));
          for (const line of message.data.podium) say(podiumLine(line));
          for (const { team, score, members } of message.data.teams ?? [])
            say(`   ${name(team)} ${score} on average of ${members}`);
          return;
        case 'saved':
          resolve();
          return;
        default:
      }
    });
  });
}

function tellReveal(host: Connection, data: Extract<ServerMessage, { type: 'reveal' }>['data']): void {
  const label = (id: string): string => host.view?.choices.find((choice) => choice.id === id)?.text ?? id;
  if (data.correct !== null)
    say(
      `   The answer: ${[data.correct]
        .flat()
        .map((id) => label(String(id)))
        .join(', ')}`,
    );
  const counts = Object.entries(data.counts).sort(([, a], [, b]) => b - a);
  for (const [id, count] of counts) say(countLine(label(id), count, data.answered));
  if (data.explanation !== null) say(faint(`   ${data.explanation}`));
  if (data.correct === null) return;
  const best = data.leaderboard[0]?.score ?? 0;
  for (const line of data.leaderboard.slice(0, 5)) say(scoreLine(line, best));
}

await perform((interrupted) => onStage(play, interrupted));
