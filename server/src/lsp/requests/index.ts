import type { Feature } from '../feature.ts';
import { codeActionsFeature } from './code-actions.ts';
import { codeLensesFeature } from './code-lenses.ts';
import { completionFeature } from './completion.ts';
import { definitionFeature } from './definition.ts';
import { documentLinksFeature } from './document-links.ts';
import { documentSymbolsFeature } from './document-symbols.ts';
import { foldingFeature } from './folding.ts';
import { formattingFeature } from './formatting.ts';
import { hoverFeature } from './hover.ts';
import { inlayHintsFeature } from './inlay-hints.ts';
import { highlightsFeature, referencesFeature } from './references.ts';
import { renameFeature } from './rename.ts';
import { semanticTokensFeature } from './semantic-tokens.ts';

/** Every request that the server answers, beside those of our own. */
export const FEATURES: readonly Feature[] = [
  codeActionsFeature,
  codeLensesFeature,
  completionFeature,
  definitionFeature,
  documentLinksFeature,
  documentSymbolsFeature,
  foldingFeature,
  formattingFeature,
  highlightsFeature,
  hoverFeature,
  inlayHintsFeature,
  referencesFeature,
  renameFeature,
  semanticTokensFeature,
];
