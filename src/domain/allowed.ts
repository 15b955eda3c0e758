import { isHostName } from './host-name.ts';

/**
 * Reads a host name that is to be answered to: `*.` before it means all below it, `*` alone any.
 *
 * @returns it in small letters; null when it is none
 */
export const readAllowedHost = (text: string): string | null =>
  text === '*' || isHostName(text) ? text.toLowerCase() : null;

/**
 * Reads the origin of pages that may call: scheme, host and port, perhaps with a slash behind it.
 *
 * @returns it as browsers send it, in small letters and without the scheme's usual port; null when it is none
 */
export const readAllowedOrigin = (text: string): string | null =>
  /^https?:\/\/[^/?#@\\]+\/?$/i.test(text) && URL.canParse(text) ? new URL(text).origin : null;
