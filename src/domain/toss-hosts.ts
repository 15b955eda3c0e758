/** Every host of Toss Payments is below this name: api, js, and those that only its own SDK asks (browser-sdk.md 5). */
export const TOSS_DOMAIN = 'tosspayments.com';

/** The hosts that a merchant's code and pages have written in them: the API (payments.md 1.1) and the SDK. */
const TOSS_HOSTS = ['api.tosspayments.com', 'js.tosspayments.com'] as const;

/** As DNS reads a name: in any case, with or without the dot at its end. */
const nameOf = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Is it one of the hosts that the sandbox stands in for? `host` has no port. */
export const isTossHost = (host: string): boolean => TOSS_HOSTS.some((toss) => toss === nameOf(host));

/** Is a host a name, or below it? Both in small letters. */
export const isBelow = (host: string, name: string): boolean => host === name || host.endsWith(`.${name}`);

/** Does it belong to Toss Payments, whether or not the sandbox stands in for it? `host` has no port. */
export const isTossDomain = (host: string): boolean => isBelow(nameOf(host), TOSS_DOMAIN);
