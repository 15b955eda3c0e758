/** One sheet for every page: no file to fetch, no font to load. */
export const STYLE = `
:root { --blue: #3182f6; --blue-dark: #1b64da; --blue-tint: #e8f3ff; --ink: #191f28; --text: #333d4b; --muted: #6b7684;
  --line: #e5e8eb; --wash: #f2f4f6; --red: #e42939; --red-tint: #ffeeee; --amber: #a35200; --amber-tint: #fff3e0; }
* { box-sizing: border-box; }
html { background: var(--wash); color: var(--text); font: 16px/1.55 "Toss Product Sans", -apple-system, BlinkMacSystemFont,
  "Apple SD Gothic Neo", "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", sans-serif; -webkit-text-size-adjust: 100%; word-break: keep-all; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; padding: 32px 16px; }
main { width: 100%; max-width: 480px; background: #fff; border-radius: 24px; overflow: clip; box-shadow: 0 2px 24px rgba(25,31,40,.06); }
h1, h2, p, dl, dd, ul { margin: 0; padding: 0; }
a { color: inherit; text-decoration: none; }
button, select, input { font: inherit; color: inherit; }
:focus-visible { outline: 3px solid #90c2ff; outline-offset: 2px; border-radius: 12px; }
.badge { background: var(--amber-tint); color: var(--amber); font-size: 13px; font-weight: 600; text-align: center; padding: 8px 16px; }
.top { display: flex; align-items: center; justify-content: space-between; padding: 16px 12px 0 24px; min-height: 56px; }
.brand { font-weight: 700; color: var(--blue); letter-spacing: -.2px; }
.close { border: 0; background: none; width: 44px; height: 44px; border-radius: 12px; font-size: 22px; line-height: 1; color: var(--muted); cursor: pointer; }
.close:hover { background: var(--wash); }
.back { color: var(--muted); font-weight: 600; padding: 10px 0; }
.body { padding: 12px 24px 28px; }
h1 { font-size: 24px; line-height: 1.35; color: var(--ink); letter-spacing: -.4px; overflow-wrap: anywhere; text-wrap: balance; }
h1 + .sub { margin-top: 6px; }
.amount { font-size: 30px; font-weight: 700; color: var(--ink); letter-spacing: -.6px; font-variant-numeric: tabular-nums; }
.sub { color: var(--muted); font-size: 15px; overflow-wrap: anywhere; }
h2 { font-size: 16px; color: var(--ink); margin: 28px 0 12px; }
.grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; list-style: none; }
.tile { display: flex; flex-direction: column; align-items: center; gap: 8px; padding: 14px 4px 12px; border: 1px solid var(--line); border-radius: 16px;
  font-size: 13px; font-weight: 500; text-align: center; height: 100%; min-height: 92px; justify-content: center; transition: background .12s, border-color .12s; }
.tile:hover { background: #f9fafb; }
.tile[aria-current="true"] { border-color: var(--blue); background: var(--blue-tint); box-shadow: inset 0 0 0 1px var(--blue); color: var(--blue-dark); font-weight: 700; }
.dot { width: 34px; height: 34px; border-radius: 50%; color: #fff; display: grid; place-items: center; font-size: 15px; font-weight: 700; flex: none; }
details > summary { cursor: pointer; color: var(--muted); font-size: 14px; font-weight: 600; padding: 12px 0; list-style: none; text-align: center; }
details > summary::-webkit-details-marker { display: none; }
.field { display: block; margin-top: 16px; }
.field > span, .field > label { display: block; font-size: 14px; font-weight: 600; color: var(--text); margin-bottom: 6px; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.field > legend { font-size: 14px; font-weight: 600; margin-bottom: 6px; padding: 0; }
.field input:not([type="radio"]) { width: 100%; height: 52px; border: 1px solid var(--line); border-radius: 14px; padding: 0 16px; background: #fff; }
.field input::placeholder { color: #8b95a1; }
.field small { display: block; margin-top: 6px; font-size: 13px; color: var(--muted); }
.field [aria-invalid="true"]:not([type="radio"]) { border-color: var(--red); }
.field > .problem, .problem { display: block; margin: 6px 0 0; font-size: 13px; font-weight: 500; color: var(--red); }
.field + .sub { margin-top: 12px; font-size: 14px; }
.problem + .grid { margin-top: 12px; }
.alert { margin-top: 16px; padding: 12px 16px; border-radius: 14px; background: var(--red-tint); color: var(--red); font-size: 14px; font-weight: 600; }
.note { margin-top: 16px; padding: 12px 16px; border-radius: 14px; background: var(--blue-tint); color: var(--blue-dark); font-size: 14px; font-weight: 500; }
.chips { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; }
.chips.two { grid-template-columns: 1fr 1fr; }
.chip { position: relative; display: block; }
.chip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.chip span { display: grid; place-items: center; min-height: 48px; padding: 8px 4px; border: 1px solid var(--line); border-radius: 14px; font-size: 14px; font-weight: 500; text-align: center; line-height: 1.3; }
.chip input:hover + span { background: #f9fafb; }
.chip input:checked + span { border-color: var(--blue); background: var(--blue-tint); box-shadow: inset 0 0 0 1px var(--blue); color: var(--blue-dark); font-weight: 700; }
.chip input:focus-visible + span { outline: 3px solid #90c2ff; outline-offset: 2px; }
.chips:has([aria-invalid]) span { border-color: var(--red); }
/* The number that the kind of receipt asks for; a browser that cannot tell shows both. */
@supports selector(:has(a)) { fieldset:not(:has([value="소득공제"]:checked)) .only-receipt-phone, fieldset:not(:has([value="지출증빙"]:checked)) .only-receipt-number { display: none; } }
details.field { border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
details.field > summary { text-align: left; color: var(--text); padding: 16px 0; }
details.field > summary::after { content: "＋"; float: right; color: var(--muted); }
details.field[open] > summary::after { content: "－"; }
details.field[open] { padding-bottom: 20px; }
details.field[open] > summary + .field { margin-top: 0; }
select { width: 100%; height: 52px; border: 1px solid var(--line); border-radius: 14px; padding: 0 44px 0 16px; text-overflow: ellipsis; appearance: none;
  background: #fff url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='8' fill='none' stroke='%236b7684' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='m1 1.500 5 5 5-5'/%3E%3C/svg%3E") no-repeat right 18px center; }
.check { display: flex; gap: 10px; align-items: center; margin-top: 16px; padding: 14px 16px; background: #f9fafb; border-radius: 14px; font-size: 15px; cursor: pointer; }
.check input { width: 20px; height: 20px; accent-color: var(--blue); flex: none; margin: 0; }
.button { display: block; width: 100%; min-height: 56px; border: 0; border-radius: 16px; background: var(--blue); color: #fff; font-weight: 700; font-size: 17px;
  margin-top: 20px; cursor: pointer; text-align: center; padding: 14px 16px; }
.button:hover { background: var(--blue-dark); }
.button.quiet { background: var(--wash); color: var(--text); }
.button.quiet:hover { background: var(--line); }
.button.danger { background: var(--red-tint); color: var(--red); }
.button.danger:hover { background: #ffdddf; }
.button[aria-disabled="true"] { background: var(--line); color: var(--muted); cursor: default; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.pair .button { margin-top: 8px; }
/* Stays in sight while the tiles scroll: no fragment in the address, it would follow the shopper to the merchant. */
.dock { position: sticky; bottom: 0; background: #fff; padding: 20px 24px 24px; box-shadow: 0 -8px 24px rgba(25,31,40,.08); border-radius: 24px 24px 0 0; }
.picked { display: flex; align-items: center; gap: 12px; font-weight: 700; color: var(--ink); }
.picked.boxed { padding: 12px 16px; border: 1px solid var(--line); border-radius: 16px; }
.picked .change { margin-left: auto; padding: 8px 0 8px 12px; font-size: 14px; font-weight: 600; color: var(--blue-dark); }
.provider .wordmark { font-size: 22px; font-weight: 800; font-style: italic; color: var(--provider); letter-spacing: -.4px; margin-bottom: 16px; }
.provider .button { background: var(--provider); border-radius: 28px; }
.panel { margin-top: 28px; padding: 4px 20px 20px; background: #f9fafb; border-radius: 18px; }
.panel h2 { margin: 18px 0 4px; font-size: 15px; }
.panel .button.quiet { background: var(--line); }
.panel .button.quiet:hover { background: #d9dee3; }
.panel p { font-size: 14px; color: var(--muted); }
dl.facts { margin-top: 20px; padding: 18px 20px; background: #f9fafb; border-radius: 16px; font-size: 15px; display: grid; grid-template-columns: auto 1fr; gap: 8px 16px; }
dl.facts dt { color: var(--muted); }
dl.facts dd { text-align: right; color: var(--ink); font-weight: 500; overflow-wrap: anywhere; }
dl.keys { grid-template-columns: 1fr; gap: 0; }
dl.keys dd { text-align: left; }
dl.keys dd + dt { margin-top: 12px; }
.mark { width: 56px; height: 56px; border-radius: 50%; display: grid; place-items: center; font-size: 26px; font-weight: 700; margin: 12px 0 20px; background: var(--wash); color: var(--muted); }
.mark.good { background: var(--blue-tint); color: var(--blue); }
footer { margin-top: 20px; color: var(--muted); font-size: 13px; text-align: center; }
footer a, .body p a { color: var(--blue-dark); text-decoration: underline; text-underline-offset: 3px; }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--wash); border-radius: 6px; padding: 2px 6px; overflow-wrap: anywhere; }
ul.links { list-style: none; margin-top: 16px; border-top: 1px solid var(--line); }
ul.links a { display: flex; justify-content: space-between; gap: 16px; padding: 16px 2px; border-bottom: 1px solid var(--line); font-weight: 600; color: var(--ink); }
ul.links a:hover { color: var(--blue-dark); }
ul.links small { color: var(--muted); font-weight: 400; font-size: 14px; text-align: right; }
@media (max-width: 520px) { html { background: #fff; } body { padding: 0; } main { border-radius: 0; box-shadow: none; min-height: 100vh; } footer { padding-bottom: 20px; } }
/* In the overlay the window fills its frame, which has the rounded corners; a frame of the whole screen (DIRECT) is like a page. */
@media (max-width: 650px) { html.framed { background: #fff; height: 100%; } .framed body { padding: 0; } .framed footer { display: none; }
  .framed main { max-width: none; border-radius: 0; box-shadow: none; min-height: 100vh; overflow: visible; display: flex; flex-direction: column; }
  .framed .dock { margin-top: auto; } }
@media (min-width: 521px) and (max-width: 650px) { .framed .body { padding: 8px 40px 32px; } .framed .top { padding: 12px 24px 0 40px; }
  .framed .grid { grid-template-columns: repeat(5, 1fr); } .framed .tile { padding: 12px 2px 10px; min-height: 88px; }
  .framed .dock { padding: 20px 40px 28px; display: flex; flex-wrap: wrap; align-items: center; gap: 8px; } .framed .dock > * { margin-top: 0; flex: 1 1 auto; }
  .framed .dock .picked { flex-basis: 180px; } .framed .dock .field { flex-basis: 240px; display: flex; align-items: center; gap: 12px; }
  .framed .dock .field > span { flex: none; margin: 0; } .framed .dock .check { font-size: 14px; padding: 12px 14px; } .framed .dock .problem { flex-basis: 100%; } .framed .dock .button { flex-basis: 100%; margin-top: 4px; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
