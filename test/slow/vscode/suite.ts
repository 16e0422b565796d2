import { runCases } from '../../support/vscode-suite.ts';
import { findingCases } from './findings.ts';
import { importCases } from './import.ts';
import { languageCases } from './language.ts';
import { topologyCases } from './topology.ts';

/** What VS Code calls inside the extension host. */
export function run(): Promise<void> {
  return runCases([...languageCases, ...findingCases, ...topologyCases, ...importCases]);
}
