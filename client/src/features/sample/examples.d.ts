/** The bundler makes this module of the folder `examples`, as the web has no folder to read from. */
declare module 'vdc:examples' {
  /** Texts by file name. */
  export const examples: Readonly<Record<string, string>>;
}
