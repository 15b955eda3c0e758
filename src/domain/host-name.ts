const NAME = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/**
 * Can a certificate be good for it? A host name, which may begin with `*.` for all of one level below, or an IP
 * address without brackets.
 */
export const isHostName = (text: string): boolean =>
  text.includes(':')
    ? /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`)
    : text.length <= 253 && NAME.test(text) && URL.canParse(`http://${text.replace('*.', '')}`);
