/** The bundler reads a design that is imported as its text. */
declare module '*.vdc' {
  const text: string;
  export default text;
}
