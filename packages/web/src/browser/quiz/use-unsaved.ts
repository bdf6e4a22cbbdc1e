/** Asks before the page is closed or loaded anew, as long as something on it would be lost. The words are the browser's. */
import { useEffect } from 'preact/hooks';

export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
}
