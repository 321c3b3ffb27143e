/** Of its own, since the simulator is no part of the application that it serves. */
export const DESK_STYLE = `
:root { --ink: #1a1a1a; --soft: #555; --line: #d5d5d5; --accent: #1d4f91; --bad: #a8201a; --ok: #1f6b3a; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --soft: #b0b0b0; --line: #444; --accent: #9cc2f5; --bad: #f2a29d; --ok: #8fd1a6; } body { background: #161616; } }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--ink); font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.5rem 0; } h2 { font-size: 1.125rem; margin: 2rem 0 0.5rem; }
p { margin: 0.25rem 0; max-width: 40em; } .soft { color: var(--soft); } .problem { color: var(--bad); font-weight: 600; }
a { color: var(--accent); } article { border-top: 1px solid var(--line); padding: 0.75rem 0; } article h3 { font-size: 1rem; margin: 0; }
form { display: inline-block; margin: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; }
label { display: inline-block; margin: 0 0.75rem 0.5rem 0; } input, select, button { font: inherit; padding: 0.4rem 0.6rem; min-height: 2.75rem; border: 1px solid #767676; border-radius: 4px; color: inherit; background: transparent; box-sizing: border-box; max-width: 100%; }
select option { color: #1a1a1a; background: #fff; } button { border-color: var(--accent); color: var(--accent); cursor: pointer; } button.bad { border-color: var(--bad); color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; } .tag { font-weight: 600; } .ok { color: var(--ok); } .bad { color: var(--bad); }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; } th, td { text-align: left; border-top: 1px solid var(--line); padding: 0.35rem 0.75rem 0.35rem 0; overflow-wrap: anywhere; }
details { border-top: 1px solid var(--line); } .sendings details:last-child { border-bottom: 1px solid var(--line); } summary { padding: 0.6rem 0; cursor: pointer; font-weight: 600; color: var(--accent); } details form { display: block; margin: 0 0 0.75rem; }
@media (max-width: 40em) { form, label, label input, label select { display: block; width: 100%; margin-right: 0; } th:nth-child(3), td:nth-child(3) { display: none; } }
`;
