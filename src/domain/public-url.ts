/** Is it a whole address of the web? */
export const isHttpUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

/**
 * Reads where browsers reach the sandbox. A payment's addresses are made by putting paths behind it, so it ends before
 * any slash, query or fragment.
 *
 * @returns the address without a slash at its end; or what is wrong, to be put after its name
 */
export function readPublicUrl(text: string): { readonly publicUrl: string } | { readonly flaw: string } {
  if (!isHttpUrl(text)) return { flaw: 'must be an http or https address' };
  if (/[?#]/.test(text)) return { flaw: 'must have no query and no fragment' };
  return { publicUrl: text.replace(/\/+$/, '') };
}
