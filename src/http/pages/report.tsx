import type { VNode } from 'preact';
import type { FrameHost } from '../../domain/payment.ts';
import type { WindowMessage, WindowReport } from '../../wire/window-message.ts';
import { Page } from './layout.tsx';

/** The only script of the window: hands the message to the merchant's page, and to no other. */
export const REPORT_SCRIPT =
  "const {message,origin}=document.querySelector('main>[data-message]').dataset;parent.postMessage(JSON.parse(message),origin)";

/** The last page in a frame: it tells the page around it how the visit ended. */
export function ReportPage(props: { frame: FrameHost; report: WindowReport }): VNode {
  const { frame, report } = props;
  const message: WindowMessage = { nonce: frame.nonce, report };
  return (
    <Page title="결제창 · 토스페이먼츠 샌드박스" isFramed>
      <div class="body" data-message={JSON.stringify(message)} data-origin={frame.origin}>
        <p class="sub">상점 화면으로 돌아가는 중이에요.</p>
      </div>
      <script dangerouslySetInnerHTML={{ __html: REPORT_SCRIPT }} />
    </Page>
  );
}
