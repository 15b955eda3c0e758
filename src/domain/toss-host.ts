/** Is a host a name, or below it? Both in small letters. */
export const isBelow = (host: string, name: string): boolean => host === name || host.endsWith(`.${name}`);

/** Every host of Toss Payments is below this name: api, js, and those that only its own SDK asks (browser-sdk.md 5). */
export const isTossHost = (host: string): boolean => isBelow(host, 'tosspayments.com');
