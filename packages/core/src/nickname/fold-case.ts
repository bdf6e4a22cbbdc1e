/**
 * Text without its upper and lower case, for comparing. JavaScript has no case folding; going down, up and down again
 * brings ẞ, ß and ss together, ſ and s, ς and σ. Turkish dotted and dotless i become i: the language is not known here.
 */
export function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ');
}
