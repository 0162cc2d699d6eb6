// Title, cards and tables; charts.js draws the rest with the names of this file.
"use strict";

const report = JSON.parse(document.getElementById("report-data").textContent);
const byId = id => document.getElementById(id);

// ---- Numbers as text --------------------------------------------------------------------------

const MISSING = "–";
const superscript = n => String(n).replace(/./g, c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻");
const grouped = text => text.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

/** Significant digits; powers of ten for the very small and the very large. */
function format(x, digits = 3) {
  if (x === null || x === undefined) return MISSING;
  if (x === 0) return "0";
  const size = Math.abs(x);
  const sign = x < 0 ? "−" : "";
  if (size < 1e-3 || size >= 1e6) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    const factor = Number(mantissa) === 1 ? "" : mantissa + "×";
    return sign + factor + "10" + superscript(Number(exponent));
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const [whole, part] = size.toFixed(decimals).split(".");
  return sign + grouped(whole) + (part ? "." + part : "");
}
const count = n => (n === null || n === undefined ? MISSING : grouped(String(n)));
const withUnit = (x, unit) => format(x) + "\u00a0" + unit;

function duration(seconds) {
  if (seconds === null) return MISSING;
  if (seconds < 1e-3) return format(seconds * 1e6) + "\u00a0µs";
  if (seconds < 1) return format(seconds * 1e3) + "\u00a0ms";
  if (seconds < 60) return format(seconds) + "\u00a0s";
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}\u00a0h ${m}\u00a0min` : `${m}\u00a0min ${s}\u00a0s`;
}

// ---- Elements; texts from the data are only ever set as text ----------------------------------

function element(name, classes, ...children) {
  const node = document.createElement(name);
  if (classes) node.className = classes;
  node.append(...children.filter(child => child !== null));
  return node;
}
function bar(share) {
  const filled = element("i");
  filled.style.width = Math.min(100, 100 * share) + "%";
  return element("div", "bar", filled);
}
const number = text => ({ text, classes: "number" });
const graph = share => ({ text: bar(share), classes: "graph" });

function table(id, heads, rows) {
  const place = document.querySelector(`#${id} .table`);
  const cell = (tag, content) => {
    const { text, classes } = typeof content === "object" ? content : { text: content };
    return element(tag, classes, text);
  };
  const head = heads.length
    ? element("thead", "", element("tr", "", ...heads.map(h => cell("th", h))))
    : null;
  const body = rows.map(row =>
    element("tr", "", ...row.map((content, i) => cell(i === 0 ? "th" : "td", content))));
  place.append(element("table", "", head, element("tbody", "", ...body)));
  // A table that does not fit scrolls; the keyboard must be able to scroll it too.
  if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
}

// ---- Title, contents, cards -------------------------------------------------------------------

byId("title").textContent = report.title;
byId("subtitle").textContent = report.subtitle;
byId("created").textContent = report.created;
for (const group of document.querySelectorAll(".group")) {
  if (!group.querySelector("section")) continue;
  group.prepend(element("h2", "", group.dataset.title));
  const link = element("a", "", group.dataset.title);
  link.href = "#" + group.id;
  byId("contents").append(link);
}

function card(label, value, unit, ...below) {
  byId("cards").append(element("div", "card",
    element("div", "label", label),
    element("div", "value", value, unit ? element("span", "unit", "\u00a0" + unit) : null),
    ...below));
}
const times = (error, baseline) =>
  error === null || baseline === null || !(error > 0) ? null : baseline / error;

for (const e of report["test-errors"] ?? []) {
  const gain = times(e.meanAbsolute, e.baseline);
  const verdict = gain === null ? null
    : element("strong", gain < 1 ? "worse" : "",
        gain < 1 ? format(1 / gain, 2) + "× larger" : format(gain, 2) + "× smaller");
  card(e.quantity + ", MAE", format(e.meanAbsolute), e.unit,
    gain === null ? null : bar(1 / gain),
    gain === null ? null
      : element("div", "below", verdict, ` than trivial (${withUnit(e.baseline, e.unit)})`));
}
if (report.data) {
  const ofRole = new Map();
  for (const d of report.data) ofRole.set(d.role, (ofRole.get(d.role) ?? 0) + d.frames);
  const frames = [...ofRole].map(([role, sum]) => `${count(sum)} ${role}`).join(" · ");
  const total = key => count(report.data.reduce((sum, d) => sum + d[key], 0));
  card("Structures", total("frames"), "", element("div", "below", frames),
    element("div", "below", total("atoms") + " atoms"));
}
if (report.summary) {
  const s = report.summary;
  card("Time", duration(s.seconds), "", element("div", "below", count(s.epochs) + " epochs"),
    element("div", "below", count(s.parameters) + " parameters"));
}

// ---- Tables -----------------------------------------------------------------------------------

if (report["test-errors"]) {
  table("test-errors",
    ["Quantity", number("MAE"), number("RMSE"), number("Largest"), "Unit", number("Trivial MAE"),
      number("Better by"), "Trivial prediction"],
    report["test-errors"].map(e => {
      const gain = times(e.meanAbsolute, e.baseline);
      return [e.quantity, number(format(e.meanAbsolute)), number(format(e.rootMeanSquare)),
        number(format(e.largest)), e.unit, number(format(e.baseline)),
        number(gain === null ? MISSING : format(gain, 2) + "×"), e.baselineName];
    }));
}
if (report["element-errors"]) {
  const rows = report["element-errors"];
  const largest = Math.max(...rows.map(e => e.meanAbsolute ?? 0)) || 1;
  table("element-errors",
    ["Element", number("Atoms"), number("MAE"), number("RMSE"), "Unit",
      { text: "", classes: "graph" }],
    rows.map(e => [e.element, number(count(e.atoms)), number(format(e.meanAbsolute)),
      number(format(e.rootMeanSquare)), e.unit, graph(e.meanAbsolute / largest)]));
}
if (report["derivative-checks"]) {
  table("derivative-checks",
    ["Derivative", "Verdict", number("Largest error"), number("Tolerance"), "Compared with"],
    report["derivative-checks"].map(c => {
      const passed = c.error !== null && c.error <= c.tolerance;
      const verdict = passed
        ? { text: "✓ agrees", classes: "pass" } : { text: "✗ differs", classes: "fail" };
      return [c.derivative, verdict, number(format(c.error, 2)), number(format(c.tolerance, 2)),
        c.method];
    }));
}
if (report.timings) {
  const total = report.timings.reduce((sum, t) => sum + t.seconds, 0) || 1;
  table("timings",
    ["Phase", number("Time"), number("Share"), { text: "", classes: "graph" },
      number("Times"), number("Each")],
    report.timings.map(t => [t.phase, number(duration(t.seconds)),
      number(format(100 * t.seconds / total, 2) + "\u00a0%"), graph(t.seconds / total),
      number(count(t.count)), number(t.count > 1 ? duration(t.seconds / t.count) : "")]));
}
if (report.options) document.querySelector("#options pre").textContent = report.options;
if (report.environment) {
  table("environment", [], Object.entries(report.environment));
}
if (report.data) {
  table("data",
    ["Used for", "File", number("Structures"), number("Atoms"), "SHA-256"],
    report.data.map(d => [d.role, d.file, number(count(d.frames)), number(count(d.atoms)),
      { text: d.sha256, classes: "code" }]));
}
