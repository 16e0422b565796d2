import * as vscode from 'vscode';
import { equal, runCases } from '../../support/vscode-suite.ts';
import { languageCases } from './language.ts';
import { closeAll, hasFolders } from './workspace.ts';

/** The package that users install, in a workspace that they do not trust yet. */
export function run(): Promise<void> {
  const cases = [
    {
      name: 'the workspace is not trusted',
      run: async () => equal(vscode.workspace.isTrusted, false, 'trust'),
    },
    ...languageCases,
  ];
  return runCases(cases, { hasFolders, closeAll });
}
