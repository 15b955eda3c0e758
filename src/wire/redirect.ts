import type { Payment } from '../domain/payment.ts';

/**
 * Adds parameters to a merchant's URL (browser-sdk.md 7): what is there stays in front, a dangling `&` goes, the
 * fragment stays at the end, spaces become %20. Works on the text, so that custom schemes pass.
 *
 * @param pairs in the order in which they are to stand; null is left out
 */
export function addToUrl(url: string, pairs: readonly (readonly [string, string | null])[]): string {
  const hashAt = url.indexOf('#');
  const [address, fragment] = hashAt < 0 ? [url, ''] : [url.slice(0, hashAt), url.slice(hashAt)];
  const queryAt = address.indexOf('?');
  const [path, query] = queryAt < 0 ? [address, ''] : [address.slice(0, queryAt), address.slice(queryAt + 1)];
  const kept = query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => encodeRaw(part).replaceAll('[', '%5B').replaceAll(']', '%5D'));
  const added = pairs.flatMap(([name, value]) =>
    value === null ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  const parameters = [...kept, ...added];
  return `${encodeRaw(withAsciiHost(path))}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}${encodeRaw(fragment)}`;
}

/** The host of an http(s) URL in its ASCII form: percent-encoded, not every client that follows would read it. */
const withAsciiHost = (address: string): string =>
  address.replace(/^(https?:\/\/(?:[^/@]*@)?)([^/:@[\]]+)/i, (whole, front: string, host: string) =>
    /[^ -~]/.test(host) && URL.canParse(`http://${host}`)
      ? front + new URL(`http://${host}`).hostname
      : whole,
  );

/** Encodes what may not stand raw in a URL, and leaves what is encoded already, and the brackets of an IPv6 host. */
const encodeRaw = (text: string): string =>
  text.replace(/[^\w!#-;=?@[\]~]+/g, (raw) => encodeURIComponent(raw.toWellFormed()));

/** Where the shopper goes after authenticating (browser-sdk.md 2.12, order as observed); null in promise mode. */
export const successUrlOf = ({ window, order, paymentKey }: Payment): string | null =>
  window.successUrl === null
    ? null
    : addToUrl(window.successUrl, [
        ['paymentType', 'NORMAL'],
        ['orderId', order.orderId],
        ['paymentKey', paymentKey],
        ['amount', String(order.totalAmount)],
      ]);

/** Texts of the redirect; in the common list two of these codes have other ones (errors.md 4). */
export const REDIRECT_TEXTS = {
  PAY_PROCESS_CANCELED: '사용자에 의해 결제가 취소되었습니다.',
  PAY_PROCESS_ABORTED: '결제 진행 중 승인에 실패하여 결제가 중단되었습니다.',
  REJECT_CARD_COMPANY: '결제 승인이 거절되었습니다.',
} as const;

export type RedirectCode = keyof typeof REDIRECT_TEXTS;

/**
 * Where the shopper goes after failing: `orderId` is missing for PAY_PROCESS_CANCELED (errors.md 4). Null in promise
 * mode.
 */
export const failUrlOf = ({ window, order }: Payment, code: RedirectCode): string | null =>
  window.failUrl === null
    ? null
    : addToUrl(window.failUrl, [
        ['code', code],
        ['message', REDIRECT_TEXTS[code]],
        ['orderId', code === 'PAY_PROCESS_CANCELED' ? null : order.orderId],
      ]);
