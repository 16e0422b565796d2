import * as vscode from 'vscode';
import { equal, runCases } from '../../support/vscode-suite.ts';
import { languageCases } from './language.ts';

/** The package that users install, in a workspace that they do not trust yet. */
export function run(): Promise<void> {
  return runCases([
    {
      name: 'the workspace is not trusted',
      run: async () => equal(vscode.workspace.isTrusted, false, 'trust'),
    },
    ...languageCases,
  ]);
}
