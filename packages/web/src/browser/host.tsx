/** `/host`: quizzes, rooms, the big screen, results. */
import { render } from 'preact';
import { HostPage } from './host/host-page.tsx';

const app = document.getElementById('app');
if (app !== null) {
  app.textContent = '';
  render(<HostPage />, app);
}
