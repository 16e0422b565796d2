import { runCases } from '../../support/vscode-suite.ts';
import { findingCases } from './findings.ts';
import { findingsViewCases } from './findings-view.ts';
import { importCases } from './import.ts';
import { keyboardCases } from './keyboard.ts';
import { languageCases } from './language.ts';
import { pageCases } from './pages.ts';
import { placeCases } from './places.ts';
import { planCases } from './plan.ts';
import { reportCases } from './report.ts';
import { serverCases } from './server.ts';
import { topologyCases } from './topology.ts';
import { closeAll, hasFolders } from './workspace.ts';

/** What VS Code calls inside the extension host. */
export function run(): Promise<void> {
  const cases = [
    ...languageCases,
    ...findingCases,
    ...keyboardCases,
    ...findingsViewCases,
    ...topologyCases,
    ...planCases,
    ...importCases,
    ...placeCases,
    ...pageCases,
    ...reportCases,
    ...serverCases,
  ];
  return runCases(cases, { hasFolders, closeAll });
}
