import type { VNode } from 'preact';
import { Page } from './layout.tsx';

/** `/`: what this is, and where to go. */
export function Home(props: {
  version: string;
  demoUrl: string | null;
  clientKey: string;
  secretKey: string;
}): VNode {
  return (
    <Page
      title="toss-sandbox"
      footer={`toss-sandbox ${props.version} · 토스페이먼츠와 관계없는 로컬 테스트 서버예요`}
    >
      <div class="body">
        <div class="mark good" aria-hidden="true">
          ₩
        </div>
        <h1>토스페이먼츠 샌드박스가 켜져 있어요</h1>
        <p class="sub">
          토스페이먼츠 대신 결제창, 승인, 취소, 만료, 웹훅을 흉내 내는 로컬 서버예요. 실제 결제는 일어나지
          않아요.
        </p>
        <dl class="facts keys">
          <dt>클라이언트 키</dt>
          <dd>
            <code>{props.clientKey}</code>
          </dd>
          <dt>시크릿 키</dt>
          <dd>
            <code>{props.secretKey}</code>
          </dd>
        </dl>
        <ul class="links">
          {props.demoUrl !== null && (
            <li>
              <a href={props.demoUrl}>
                데모 상점 <small>브라우저로 결제해 보기</small>
              </a>
            </li>
          )}
          <li>
            <a href="/sandbox/readme">
              README <small>연동하고 테스트하는 법</small>
            </a>
          </li>
          <li>
            <a href="/sandbox/health">
              상태 <small>결제 수, 기록 수</small>
            </a>
          </li>
          <li>
            <a href="/sandbox/deliveries">
              웹훅 전송 기록 <small>전송 중 · 성공 · 실패</small>
            </a>
          </li>
        </ul>
        {props.demoUrl === null && (
          <p class="sub" style="margin-top:16px">
            데모 상점은 저장소에서 <code>npm run demo</code>로 함께 켜요.
          </p>
        )}
      </div>
    </Page>
  );
}
