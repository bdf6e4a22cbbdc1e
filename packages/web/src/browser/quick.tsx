/** `/quick`: a quick party from the question pool. */
import { render } from 'preact';
import { QuickPage } from './quick/quick-page.tsx';

const app = document.getElementById('app');
if (app !== null) {
  app.textContent = '';
  render(<QuickPage room_code={new URLSearchParams(location.search).get('room') ?? ''} />, app);
}
