/** `/host`: the key, then the desk and what is opened from it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { pageApi } from '../party-client.ts';
import { Editor } from '../quiz/editor.tsx';
import { ImportPage } from '../quiz/import-page.tsx';
import { emptyQuiz } from '../quiz/quiz-draft.ts';
import { kept } from '../seat/kept.ts';
import { SeatedHost } from '../stage/seated-host.tsx';
import { Brand } from '../ui/brand.tsx';
import { useTitle } from '../ui/page.tsx';
import { AskPage } from './ask-page.tsx';
import { Desk } from './desk.tsx';
import { EditPage } from './edit-page.tsx';
import { KeyForm } from './key-form.tsx';
import { OpenRoomPage } from './open-room-page.tsx';
import { ResultsPage } from './results-page.tsx';
import { type HostRoute, hashOf, hostRoute } from './route.ts';

export function HostPage() {
  const [key, setKey] = useState(() => kept.hostKey());
  const [route, setRoute] = useState(() => hostRoute(location.hash));
  const api = useMemo(() => pageApi(key ?? undefined), [key]);
  useTitle('Host');

  useEffect(() => {
    const follow = (): void => setRoute(hostRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  function go(to: HostRoute): void {
    location.hash = hashOf(to);
    scrollTo(0, 0);
  }
  const home = (): void => go({ name: 'desk' });

  if (key === null) return <KeyForm onKey={setKey} />;
  if (route.name === 'room') {
    return <SeatedHost key={route.room_code} api={api} room_code={route.room_code} onLeave={home} />;
  }

  function part() {
    switch (route.name) {
      case 'desk':
      case 'room':
        return <Desk api={api} go={go} />;
      case 'new':
        return <Editor api={api} quiz_id={null} draft={emptyQuiz()} onSaved={home} onCancel={home} />;
      case 'edit':
        return <EditPage key={route.quiz_id} api={api} quiz_id={route.quiz_id} onDone={home} />;
      case 'import':
        return <ImportPage api={api} onKept={home} onCancel={home} />;
      case 'open':
        return <OpenRoomPage api={api} quiz_id={route.quiz_id} go={go} />;
      case 'ask':
        return <AskPage api={api} go={go} />;
      case 'results':
        return <ResultsPage key={route.party_id} party_id={route.party_id} hostKey={key ?? ''} onBack={home} />;
    }
  }

  function signOut(): void {
    kept.keepHostKey(null);
    home();
    setKey(null);
  }

  return (
    <div class="desk">
      <header class="desk-head">
        <a href="/host#desk" class="desk-brand">
          <Brand />
        </a>
        <button type="button" class="button button-quiet" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main class="desk-main">{part()}</main>
    </div>
  );
}
