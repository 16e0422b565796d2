import assert from 'node:assert/strict';

/** Asserts that a figure is known and agrees with the expected one to a share of it; one in a million unless told. */
export function near(actual: number | undefined, expected: number, tolerance = 1e-6): void {
  const isNear = actual !== undefined && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
  assert.ok(isNear, `${actual} is not near ${expected}`);
}
