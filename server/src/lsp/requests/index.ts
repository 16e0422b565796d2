import type { Feature } from '../feature.ts';
import { callHierarchyFeature } from './call-hierarchy.ts';
import { codeActionsFeature } from './code-actions.ts';
import { codeLensesFeature } from './code-lenses.ts';
import { completionFeature } from './completion.ts';
import { definitionFeature } from './definition.ts';
import { diagnosticsFeature } from './diagnostics.ts';
import { documentLinksFeature } from './document-links.ts';
import { documentSymbolsFeature } from './document-symbols.ts';
import { foldingFeature } from './folding.ts';
import { formattingFeature } from './formatting.ts';
import { hoverFeature } from './hover.ts';
import { inlayHintsFeature } from './inlay-hints.ts';
import { linkedEditingFeature } from './linked-editing.ts';
import { onTypeFormattingFeature } from './on-type-formatting.ts';
import { highlightsFeature, referencesFeature } from './references.ts';
import { renameFeature } from './rename.ts';
import { renameFilesFeature } from './rename-files.ts';
import { selectionRangesFeature } from './selection-ranges.ts';
import { semanticTokensFeature } from './semantic-tokens.ts';
import { typeDefinitionFeature } from './type-definition.ts';
import { workspaceSymbolsFeature } from './workspace-symbols.ts';

/** Every request that the server answers, beside those of our own. */
export const FEATURES: readonly Feature[] = [
  callHierarchyFeature,
  codeActionsFeature,
  codeLensesFeature,
  completionFeature,
  definitionFeature,
  diagnosticsFeature,
  documentLinksFeature,
  documentSymbolsFeature,
  foldingFeature,
  formattingFeature,
  highlightsFeature,
  hoverFeature,
  inlayHintsFeature,
  linkedEditingFeature,
  onTypeFormattingFeature,
  referencesFeature,
  renameFeature,
  renameFilesFeature,
  selectionRangesFeature,
  semanticTokensFeature,
  typeDefinitionFeature,
  workspaceSymbolsFeature,
];
