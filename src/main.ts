import '@fontsource-variable/inter';
import './ui/tokens.css';
import './app/ct-app.js';
