import type { Feature } from '../feature.ts';
import { codeActionsFeature } from './code-actions.ts';
import { completionFeature } from './completion.ts';
import { definitionFeature } from './definition.ts';
import { documentLinksFeature } from './document-links.ts';
import { documentSymbolsFeature } from './document-symbols.ts';
import { foldingFeature } from './folding.ts';
import { formattingFeature } from './formatting.ts';
import { hoverFeature } from './hover.ts';
import { linkedEditingFeature } from './linked-editing.ts';
import { onTypeFormattingFeature } from './on-type-formatting.ts';
import { highlightsFeature, referencesFeature } from './references.ts';
import { renameFeature } from './rename.ts';
import { renameFilesFeature } from './rename-files.ts';
import { semanticTokensFeature } from './semantic-tokens.ts';

/** Every request that the server answers, beside those of our own. */
export const FEATURES: readonly Feature[] = [
  codeActionsFeature,
  completionFeature,
  definitionFeature,
  documentLinksFeature,
  documentSymbolsFeature,
  foldingFeature,
  formattingFeature,
  highlightsFeature,
  hoverFeature,
  linkedEditingFeature,
  onTypeFormattingFeature,
  referencesFeature,
  renameFeature,
  renameFilesFeature,
  semanticTokensFeature,
];
