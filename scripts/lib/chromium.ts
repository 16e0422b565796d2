// Finds a Chromium, or installs Debian's where that can be done without asking.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { aptInstall, canInstall, onPath } from './apt.ts';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Arguments that let a headless Chromium run as root, without a GPU and without calling home. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a Chromium-based browser. Throws with what to do if there is none and none can be installed. */
export function ensureChromium(): string {
  return findChromium() ?? installChromium();
}

function findChromium(): string | undefined {
  const stated = process.env.CHROMIUM_PATH;
  return stated || (onPath(...commands) ?? places.find((path) => existsSync(path)));
}

function installChromium(): string {
  if (canInstall) aptInstall('chromium', 'fonts-dejavu-core');
  const found = findChromium();
  if (found) return found;
  throw new Error('No Chromium, Chrome or Edge was found. Install one, or name it in the variable CHROMIUM_PATH.');
}
