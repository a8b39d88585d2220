import '@fontsource-variable/inter';
import './ui/tokens.css';
import './app/ct-app.js';

// The offline page and nothing else: see public/service-worker.js.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/service-worker.js');
}
