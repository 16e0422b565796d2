import './webview.css';
import { editorChannel } from './channel.ts';
import { startView } from './view.ts';

startView(document.body, editorChannel());
