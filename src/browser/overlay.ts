import type { WindowMessage, WindowReport } from '../wire/window-message.ts';

/** The names that pages and published browser tests look for (browser-sdk.md 4.1). */
const DIMMER_ID = '__tosspayments_payment-gateway_dimmer__';
const FRAME_ID = '__tosspayments_payment-gateway_iframe__';
const TITLE = '토스페이먼츠 전자결제';

const DIMMER_STYLE =
  'position:fixed;inset:0;z-index:2147483647;display:flex;align-items:center;justify-content:center;margin:0;padding:0;background:rgba(0,0,0,.6)';
const FRAME_STYLE = 'display:block;border:0;margin:0;padding:0;background:#fff;color-scheme:light';
/** The size of the window in v1 (browser-sdk.md 9 no. 25); on a smaller page it takes what there is. */
const CENTRED_STYLE = 'width:650px;height:650px;max-width:100%;max-height:100%;border-radius:20px';
const FULL_SCREEN_STYLE = 'width:100%;height:100%;border-radius:0';

/** A word that nobody else knows: 32 hex digits. */
export const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Keeps everything behind the overlay from being scrolled, pressed and reached by Tab; what it answers undoes that. */
function holdPageBehind(dimmer: HTMLElement): () => void {
  const focused = document.activeElement;
  // The one whose overflow is the viewport's; touching the other would move the page.
  const { documentElement, body } = document;
  const root = getComputedStyle(documentElement).overflow === 'visible' ? body : documentElement;
  const { overflow } = root.style;
  const behind = [...body.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child !== dimmer && !child.inert,
  );
  root.style.overflow = 'hidden';
  for (const child of behind) child.inert = true;
  return () => {
    for (const child of behind) child.inert = false;
    root.style.overflow = overflow;
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  };
}

function buildOverlay(url: string, isFullScreen: boolean): { dimmer: HTMLElement; frame: HTMLIFrameElement } {
  const dimmer = document.createElement('div');
  dimmer.id = DIMMER_ID;
  dimmer.setAttribute('role', 'dialog');
  dimmer.setAttribute('aria-modal', 'true');
  dimmer.setAttribute('aria-label', TITLE);
  dimmer.style.cssText = DIMMER_STYLE;
  const frame = document.createElement('iframe');
  frame.id = FRAME_ID;
  frame.name = FRAME_ID;
  frame.title = TITLE;
  frame.style.cssText = `${FRAME_STYLE};${isFullScreen ? FULL_SCREEN_STYLE : CENTRED_STYLE}`;
  frame.src = url;
  dimmer.append(frame);
  return { dimmer, frame };
}

/**
 * Shows the window over the page until it says how the visit ended. Only that frame is listened to, only as long as it
 * stands on the sandbox's origin, and only when it knows the nonce.
 *
 * @param url of the window, as `checkout.url` says it
 * @param nonce under which the payment was opened
 * @param signal takes the overlay away without an answer
 * @returns what the window reports; the overlay is gone by then
 */
export function showOverlay(
  url: string,
  nonce: string,
  isFullScreen: boolean,
  signal: AbortSignal,
): Promise<WindowReport> {
  return new Promise((resolve, reject) => {
    const address = new URL(url);
    address.searchParams.set('frame', nonce);
    const { dimmer, frame } = buildOverlay(address.href, isFullScreen);

    const listen = ({ origin, source, data }: MessageEvent<WindowMessage | null>): void => {
      if (origin !== address.origin || source !== frame.contentWindow || data?.nonce !== nonce) return;
      takeAway();
      resolve(data.report);
    };
    const abort = (): void => {
      takeAway();
      reject(signal.reason);
    };
    document.body.append(dimmer);
    const letPageGo = holdPageBehind(dimmer);
    const takeAway = (): void => {
      window.removeEventListener('message', listen);
      signal.removeEventListener('abort', abort);
      dimmer.remove();
      letPageGo();
    };
    window.addEventListener('message', listen);
    signal.addEventListener('abort', abort);
    frame.focus();
  });
}
