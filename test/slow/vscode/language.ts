import * as vscode from 'vscode';
import { type Case, equal, eventually, expectedHost, ok } from '../../support/vscode-suite.ts';
import { openExample } from './workspace.ts';

export const languageCases: readonly Case[] = [
  {
    name: 'the suite runs in the extension host it is meant for',
    run: async () => {
      equal('importScripts' in globalThis ? 'web' : 'node', expectedHost, 'extension host');
    },
  },
  {
    name: 'a .vdc file has the language vdc',
    run: async () => {
      const { document } = await openExample('shopping-cart.vdc');
      equal(document.languageId, 'vdc', 'language');
    },
  },
  {
    name: 'the extension is active once a design is open',
    run: async () => {
      await openExample('shopping-cart.vdc');
      const extension = vscode.extensions.getExtension('vdc-designer.vdc-designer');
      ok(extension, 'the extension is not installed');
      await eventually('activation', () => extension.isActive);
      // Fails if activation failed.
      await extension.activate();
    },
  },
];
