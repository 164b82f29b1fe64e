/** How the page looks: on a wide and a narrow screen, by day and by night, and on paper. */
export const STYLE = `
:root{--paper:#fdfcfa;--card:#fff;--ink:#1d2127;--soft:#565d68;--line:#dcd9d2;--accent:#1f4f7a;--good:#1c6b3f;--good-bg:#e6f3ea;--bad:#a1271d;--bad-bg:#fbe9e6;--doubt:#7a5200;--doubt-bg:#fbf1da;--plain-bg:#eeece7;--code:#f3f1ec;--serif:Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif;--sans:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;--mono:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--card:#1a1e24;--ink:#e6e4df;--soft:#a9b0ba;--line:#343a43;--accent:#8fc1ee;--good:#86d3a3;--good-bg:#16321f;--bad:#ffa599;--bad-bg:#43201b;--doubt:#ecc36b;--doubt-bg:#3a2d10;--plain-bg:#2a2f37;--code:#23282f}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 var(--sans);overflow-wrap:anywhere}
.sheet{max-width:74rem;margin:0 auto;padding:2.5rem clamp(1rem,4vw,3rem) 4rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
a{color:var(--accent);text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
h1,h2,h3{font-family:var(--serif);line-height:1.22;font-weight:600;text-wrap:balance}
h1{font-size:clamp(2.1rem,5vw,3.2rem);margin:.1em 0 .5em;letter-spacing:-.015em}
h2{font-size:1.7rem;margin:0 0 1rem}
h3{font-size:1.14rem;margin:1.9rem 0 .5rem}
p{margin:.5rem 0;max-width:70ch}
.kicker{margin:0;font-size:.86rem;letter-spacing:.09em;text-transform:uppercase;color:var(--soft)}
.cover{border-top:4px solid var(--ink);padding-top:1.6rem}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem 2rem;margin:1.4rem 0}
dt{font-size:.82rem;color:var(--soft)}dd{margin:.1rem 0 0}
.kinds{border-left:3px solid var(--line);padding:.1rem 0 .1rem 1.1rem;margin:1.6rem 0}
nav{margin:2rem 0 0;padding:1.1rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
nav ol{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.35rem 2rem}
.chapter{margin-top:3.6rem}
.mark{display:inline-block;white-space:nowrap;font-size:.74rem;line-height:1;letter-spacing:.04em;padding:.28em .55em .32em;border-radius:3px;border:1px solid currentColor;color:var(--soft);font-family:var(--sans);font-weight:400;vertical-align:.08em}
.mark-observed{color:var(--good)}.mark-attested{color:var(--accent)}
.badge{display:inline-block;font:600 .82rem/1.25 var(--sans);padding:.22em .6em;border-radius:3px;background:var(--plain-bg);color:var(--ink)}
.badge-good{background:var(--good-bg);color:var(--good)}.badge-bad{background:var(--bad-bg);color:var(--bad)}.badge-doubtful{background:var(--doubt-bg);color:var(--doubt)}
.control{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:1.05rem 1.3rem;margin:.9rem 0;break-inside:avoid-page}
.control header{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;justify-content:space-between;align-items:baseline}
.control h3{margin:0;flex:1 1 22rem}
.control-id{font:600 .82rem/1 var(--mono);color:var(--soft);margin-right:.4rem}
.standing{margin:0}.severity,.asked{font-size:.86rem;color:var(--soft)}.asked{margin:.35rem 0 .6rem}
.finding{border-left:3px solid var(--bad);padding:.15rem 0 .15rem .9rem;margin:.7rem 0;max-width:70ch}
details{margin:.35rem 0}summary{cursor:pointer;padding:.18rem 0}
.folded{padding:.2rem 0 .4rem 1.1rem;border-left:1px solid var(--line);margin-left:.3rem}
.rule{margin:.6rem 0 .15rem}
code{font:.86em/1.45 var(--mono);background:var(--code);padding:.06em .3em;border-radius:3px}
.codes{list-style:none;margin:.2rem 0;padding:0;font-size:.94rem}.codes li{margin:.15rem 0}
.setting{display:block}
.says{margin:.3rem 0 0;padding-left:1rem}
table{width:100%;border-collapse:collapse;margin:1rem 0;font-size:.94rem;line-height:1.5}
caption{text-align:left;color:var(--soft);font-size:.86rem;padding:.2rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .9rem .55rem 0;border-bottom:1px solid var(--line)}
th{font-size:.82rem;color:var(--soft);font-weight:600;border-bottom-color:var(--soft)}
td:last-child,th:last-child{padding-right:0}
td details{margin:0}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;background:var(--card);margin:1rem 0}
.picture{display:block;margin:0 auto;font-family:var(--sans)}
.zone{fill:var(--paper);stroke:var(--line)}.zone-title{font-size:11px;fill:var(--soft)}
.box{fill:var(--card);stroke:var(--soft)}.box-internet,.box-edge{stroke:var(--accent)}.box-isolated{stroke:var(--good);stroke-width:1.8}
.box-what{font-size:13px;font-weight:600;fill:var(--ink)}.box-name{font-size:10.5px;fill:var(--soft)}
.line{fill:none;stroke:var(--soft);stroke-width:1.1;stroke-linejoin:round}.tip{fill:var(--soft)}.line-card{stroke:var(--bad);stroke-width:3.2}
footer{margin-top:4rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media (max-width:46rem){
table,tbody,tr,td{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
caption{display:block}
tr{border:1px solid var(--line);border-radius:6px;background:var(--card);padding:.45rem .9rem;margin:.7rem 0}
td{border:0;padding:.3rem 0;display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.8rem}
td::before{content:attr(data-name);color:var(--soft);font-size:.82rem;padding-top:.12rem}
}
@media print{
:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#000;--good:#000;--bad:#000;--doubt:#000;--good-bg:#fff;--bad-bg:#fff;--doubt-bg:#fff;--plain-bg:#fff;--code:#fff}
@page{margin:18mm 16mm}
body{font-size:9.5pt}.sheet{max-width:none;padding:0}nav,.skip{display:none}.badge{border:1px solid #000}
details::details-content{content-visibility:visible;display:block;block-size:auto}
thead{display:table-header-group}tr{break-inside:avoid}h2,h3{break-after:avoid}
.scroll{overflow:visible;border:0}.picture{width:100%;height:auto}
}
`;
