/**
 * What a search makes smaller: a cost of the whole assignment, of which the change by one move is known without adding
 * everything up again. The search (`anneal.ts`, `ruin.ts`) is the same whatever the cost is.
 */
export interface Aim {
  /** Change of the cost if a unit went from where it is to another host; -1: nowhere. */
  moveChange(unit: number, host: number): number;
  /** Change of the cost if two units on different hosts took each other's place. */
  swapChange(a: number, b: number): number;
  /** A unit went from one host to another: the state says so already. */
  moved(unit: number, from: number, to: number): void;
}
