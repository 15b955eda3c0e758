/** The hosts that a merchant's code and pages have written in them: the API (payments.md 1.1) and the SDK. */
const TOSS_HOSTS = ['api.tosspayments.com', 'js.tosspayments.com'] as const;

/** As DNS reads a name: in any case, with or without the dot at its end. */
const nameOf = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Is it one of the hosts that the sandbox stands in for? `host` has no port. */
export const isTossHost = (host: string): boolean => TOSS_HOSTS.some((toss) => toss === nameOf(host));

/** Does it belong to Toss Payments, whether or not the sandbox stands in for it? `host` has no port. */
export const isTossDomain = (host: string): boolean => /(?:^|\.)tosspayments\.com$/.test(nameOf(host));
