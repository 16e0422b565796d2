import { LANGUAGE } from './language.ts';
import { NAVIGATION } from './navigation.ts';
import { OWN } from './own.ts';
import type { Proof } from './proof.ts';
import { READING } from './reading.ts';
import { WRITING } from './writing.ts';

/** A row for each request that the server answers or makes, by the method. */
export const PROOFS: readonly Proof[] = [...LANGUAGE, ...NAVIGATION, ...READING, ...WRITING, ...OWN];
