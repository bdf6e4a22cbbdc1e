/**
 * `make demo`: eight bots play a quick party to the podium on the Partyline that is up here (or on one of its own), and
 * this terminal shows it. ROUNDS, CATEGORY and SECONDS change it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createApi, createBot, createConnection } from '@partyline/client';
import type { ServerMessage } from '@partyline/protocol';
import { type DemoSettings, readDemoSettings } from '../demo/demo-settings.ts';
import { choiceLine, faint, heading, name, podiumLine, scoreLine, verdict } from '../demo/paint.ts';
import { perform } from '../demo/perform.ts';
import { onStage } from '../demo/stage.ts';

const names = ['Ada', 'Björn', 'Chidi', 'Dalia', 'Emre', 'Fumiko', 'Grace', 'Hana'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** How well a bot knows things: the first ones are good, the last ones guess. Bots see no more than players do. */
function luckOf(place: number): { slowest_ms: number } {
  return { slowest_ms: 900 + place * 350 };
}

async function play(url: string, { rounds, category, timeout }: DemoSettings): Promise<void> {
  const api = createApi({ baseUrl: url });
  const [host = '', ...guests] = names;
  const party = await api.initParty({ player_id: host, category, rounds, timeout, start: 'manual', reveal_seconds: 3 });
  say(heading(`A party of ${rounds} rounds of ${category} at ${url}`));
  say(faint(`   party ${party.party_id}, room code ${party.room_code}`));
  const seats = [{ user_id: host, token: party.token }];
  for (const user_id of guests)
    seats.push({ user_id, token: (await api.joinParty(party.party_id, { user_id })).token });

  const nicknames = new Map<string, string>();
  const connections = seats.map(({ user_id, token }, place) => {
    const connection = createConnection({ url, party_id: party.party_id, token });
    nicknames.set(user_id, user_id);
    connection.on('message', (message) => {
      if (message.type === 'ack' && message.data.correct !== undefined) {
        const points = message.data.points ?? 0;
        say(`   ${verdict(message.data.correct)} ${name(user_id)} ${points > 0 ? `+${points}` : ''}`);
      }
    });
    createBot({
      connection,
      think: ({ choices }) => {
        const choice = choices[Math.floor(Math.random() * choices.length)]?.id;
        return choice === undefined ? null : { choice, after_ms: 300 + Math.random() * luckOf(place).slowest_ms };
      },
    });
    return connection;
  });
  await untilLive(connections);
  say(faint(`   ${connections.length} players are connected, spread over the nodes by the shared port`));
  const [screen] = connections;
  if (screen === undefined) return;
  const finished = narrate(screen);
  await screen.command('start');
  await finished;
  for (const connection of connections) connection.close();
  say(faint(`\n   The results stay: GET ${url}/api/party/${party.party_id}/results with a player's token.`));
}

async function untilLive(connections: Connection[]): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (connections.some((connection) => connection.status !== 'live')) {
    if (performance.now() > deadline) throw new Error('not every player could connect within 10 s');
    await sleep(20);
  }
}

/** Tells what the host's screen sees; resolves once the results are stored. */
function narrate(screen: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    screen.on('closed', ({ code, reason }) => reject(new Error(`the connection was closed: ${code} ${reason}`)));
    screen.on('message', (message: ServerMessage) => {
      switch (message.type) {
        case 'question': {
          const { round, rounds, question, choices } = message.data;
          say(heading(`Round ${round} of ${rounds}: ${question.prompt}`));
          for (const [place, choice] of choices.entries()) say(choiceLine(choice, place));
          return;
        }
        case 'reveal': {
          const right = [message.data.correct].flat().map(String);
          const shown = screen.view?.choices.filter(({ id }) => right.includes(id)).map(({ text }) => text);
          say(`   The answer: ${shown?.join(', ') || right.join(', ')}`);
          const best = message.data.leaderboard[0]?.score ?? 0;
          for (const line of message.data.leaderboard) say(scoreLine(line, best));
          return;
        }
        case 'finished':
          say(heading('The podium'));
          for (const line of message.data.podium) say(podiumLine(line));
          return;
        case 'saved':
          say(faint('   results are stored'));
          resolve();
          return;
        default:
      }
    });
  });
}

await perform(async (interrupted) => {
  const settings = readDemoSettings(process.env);
  await onStage(({ url }) => play(url, settings), interrupted);
});
