// Title, contents, cards and panels, in the order in which the page shows them.
"use strict";

byId("title").textContent = report.title;
byId("subtitle").textContent = report.subtitle;
byId("created").textContent = report.created;

// ---- Cards ------------------------------------------------------------------------------------

function card(label, value, unit, ...below) {
  byId("cards").append(element("div", "card",
    element("div", "label", label),
    element("div", "value", value, unit ? element("span", "unit", "\u00a0" + unit) : null),
    ...below));
}
/** Where constants fit all energies, what is left are the last bits of sums. */
const ROUNDING = 1e-9;
const below = line => element("div", "below", line);
const times = (error, baseline) =>
  !known(error) || !known(baseline) || !(error > 0) || baseline < ROUNDING
    ? null : baseline / error;

const errors = first("Errors")?.rows ?? [];
const lastSet = errors.at(-1)?.set;
const severalSets = new Set(errors.map(row => row.set)).size > 1;
const perAtom = errors.some(row => row.quantity === "Energy per atom");
const shown = row => row.set === lastSet && !(perAtom && row.quantity === "Energy");
for (const e of errors.filter(shown)) {
  const gain = times(e.meanAbsolute, e.baseline);
  const verdict = gain === null ? null
    : element("strong", gain < 1.05 ? "worse" : "",
        Math.abs(gain - 1) < 0.05 ? "no smaller"
          : gain < 1 ? format(1 / gain, 2) + "× larger" : format(gain, 2) + "× smaller");
  card(`${e.quantity}, ${severalSets ? lastSet + " " : ""}MAE`, format(e.meanAbsolute), e.unit,
    gain === null ? null : bar(1 / gain),
    gain === null ? null
      : element("div", "below", verdict,
          ` than ${e.baselineName} (${withUnit(e.baseline, e.unit)})`));
}
const files = first("DataSets")?.rows ?? [];
if (files.length) {
  const ofRole = new Map();
  for (const d of files) ofRole.set(d.role, (ofRole.get(d.role) ?? 0) + d.frames);
  const total = key => count(files.reduce((sum, d) => sum + d[key], 0));
  card("Structures", total("frames"), "",
    below([...ofRole].map(([role, sum]) => `${count(sum)} ${role}`).join(" · ")),
    below(total("atoms") + " atoms"));
}
const summary = first("Summary");
if (summary) {
  const memory = summary.memory;
  const peak = memory && (memory.residentBytes || memory.heapBytes);
  card("Time", duration(summary.seconds), "",
    summary.epochs ? below(`${count(summary.epochs)} epoch${summary.epochs > 1 ? "s" : ""}`) : null,
    below(count(summary.parameters) + " parameters"),
    peak ? below(bytes(peak) + " of memory at most") : null);
}

// ---- Accuracy ---------------------------------------------------------------------------------

if (errors.length) {
  const quantities = [...new Set(errors.map(row => row.quantity))];
  const rows = quantities.flatMap(quantity => errors.filter(row => row.quantity === quantity));
  const made = table(panel("accuracy", "errors", "Errors",
    "Beside the mean absolute error of a trivial prediction.", "wide"), [
    text("Quantity", (e, above) => e.quantity === above?.quantity ? "" : e.quantity),
    ...(severalSets ? [text("Set", e => e.set)] : []),
    number("Values", e => e.count, count),
    number("MAE", e => e.meanAbsolute), number("RMSE", e => e.rootMeanSquare),
    number("Largest", e => e.largest), text("Unit", e => e.unit),
    number("Trivial MAE", e => e.baseline, x => x < ROUNDING ? "0" : format(x)),
    number("Better by", e => times(e.meanAbsolute, e.baseline),
      gain => gain === null ? MISSING : format(gain, 2) + "×"),
    text("Trivial prediction", e => e.baselineName),
  ], rows);
  made.querySelectorAll("tbody tr").forEach((tr, i) => {
    if (rows[i].set !== lastSet) tr.className = "other";
    if (rows[i].quantity === rows[i - 1]?.quantity) tr.classList.add("same");
  });
}
all("ParityPlot").forEach(parityPanel);
function forceErrors(place, head, unit, rows) {
  forceChart(place, head, unit, rows);
  table(place, [
    text(head, e => e.label), number("Atoms", e => e.atoms, count),
    number("MAE", e => e.meanAbsolute), number("RMSE", e => e.rootMeanSquare),
    number("Relative", e => e.relative,
      share => known(share) ? format(100 * share, 2) + "\u00a0%" : MISSING),
  ], rows);
}
for (const section of all("ElementErrors")) {
  const rows = section.rows.map(e => ({
    ...e, label: e.element,
    relative: e.reference > 0 && known(e.rootMeanSquare) ? e.rootMeanSquare / e.reference : null,
  }));
  forceErrors(panel("accuracy", "element-errors", "Force error by element",
    `Of the components, in ${whole(section.unit)}; relative to their root mean square.`),
    "Element", section.unit, rows);
}
for (const section of all("MagnitudeErrors")) {
  forceErrors(panel("accuracy", "magnitude-errors", "Force error by force",
    `Of the components, in ${whole(section.unit)}, by the length of the reference force in ${whole("eV/Å")}.`),
    "Force", section.unit, section.rows.map(e => ({ ...e, label: e.range })));
}
for (const section of all("FrameErrors")) {
  const { rows } = section;
  const has = key => measured(rows.map(row => row[key]));
  const columns = [
    {
      head: "Frame", text: e => e.name.replace(/^.*[/\\]/, ""), title: e => e.name,
      value: e => e.index, classes: "name",
    },
    number("Atoms", e => e.atoms, count),
    has("energy") && { ...number(`Energy [${section.energyUnit}]`, e => e.energy), signed: true },
    has("force") && number(`Force RMSE [${section.forceUnit}]`, e => e.force),
    has("largestForce") && number(`Largest [${section.forceUnit}]`, e => e.largestForce),
    has("virial") && number(`Virial RMSE [${section.virialUnit}]`, e => e.virial),
  ].filter(Boolean);
  const made = table(panel("accuracy", "frame-errors", "Frames with the largest errors",
    `Of the ${section.set} set. Energies are predicted less reference. Choose a column to sort by.`,
    "wide"), columns, rows, Math.min(2, columns.length - 1));
  made.classList.add("tall");
}

// ---- Training ---------------------------------------------------------------------------------

all("Curves").forEach(curvesPanel);

// ---- Uncertainty ------------------------------------------------------------------------------

for (const section of all("Members")) {
  table(panel("uncertainty", "members", "Members of the committee", "Mean absolute errors."), [
    text("", m => m.name), number("Best epoch", m => m.bestEpoch, count),
    number(`Energy [${section.energyUnit}]`, m => m.energy),
    number(`Force [${section.forceUnit}]`, m => m.force),
  ], section.rows);
}
all("Calibration").forEach(calibrationPanel);

// ---- Physics checks ---------------------------------------------------------------------------

for (const section of all("DerivativeChecks")) {
  const passed = c => known(c.error) && c.error <= c.tolerance;
  table(panel("checks", "derivative-checks", "Derivatives against finite differences",
    "The largest relative error of each derivative and what it may be.", "wide"), [
    text("Derivative", c => c.derivative),
    { head: "Verdict", text: c => passed(c)
      ? element("span", "pass", "✓ agrees") : element("span", "fail", "✗ differs") },
    number("Largest error", c => c.error, x => format(x, 2)),
    number("Tolerance", c => c.tolerance, x => format(x, 2)),
    text("Compared with", c => c.method),
  ], section.rows);
}
all("EnergyDrift").forEach(driftPanel);

// ---- Data -------------------------------------------------------------------------------------

for (const section of all("Statistics")) {
  const facts = Object.entries(section.facts);
  if (facts.length) {
    table(panel("data", "statistics", "Statistics", ""),
      [text("", f => f[0]), text("", f => f[1])], facts);
  }
  if (section.findings.length) {
    const place = panel("data", "findings", "What was found in the labels",
      (section.findings.every(f => f.severity === "NOTE") ? "No label looks wrong. " : "")
        + "Nothing was left out.");
    place.append(element("ul", "findings", ...section.findings.map(f =>
      element("li", f.severity.toLowerCase(), f.text))));
  }
}
if (files.length) {
  table(panel("data", "files", "Files", "", "wide"), [
    text("Used for", d => d.role), text("File", d => path(d.file)),
    number("Structures", d => d.frames, count), number("Atoms", d => d.atoms, count),
    { ...text("SHA-256", d => d.sha256), classes: "code" },
  ], files);
}

// ---- Time and memory --------------------------------------------------------------------------

for (const section of all("Timings")) {
  const total = section.rows.reduce((sum, t) => sum + t.seconds, 0) || 1;
  const each = (t, n) => known(t.seconds) && n > 1 ? t.seconds / n : null;
  const show = x => x === null ? "" : duration(x);
  const memory = summary?.memory;
  table(panel("cost", "timings", "Where the time went", memory ? element("div", "stats",
      memory.heapBytes ? stat("Java heap, peak", bytes(memory.heapBytes)) : null,
      memory.residentBytes ? stat("whole process, peak", bytes(memory.residentBytes)) : null) : "",
    "wide"), [
    text("Phase", t => t.phase), number("Time", t => t.seconds, duration),
    number("Share", t => 100 * t.seconds / total, x => format(x, 2) + "\u00a0%"),
    graph(t => t.seconds / total),
    number("Times", t => t.count, count), number("Each", t => each(t, t.count), show),
    number("Per atom", t => each(t, t.atoms), show),
  ], section.rows);
}

// ---- How to repeat it -------------------------------------------------------------------------

for (const section of all("Options")) {
  panel("provenance", "options", "Options", "").append(element("pre", "", section.yaml));
}
for (const section of all("Environment")) {
  table(panel("provenance", "environment", "Environment", ""),
    [text("", f => f[0]), text("", f => f[1])], Object.entries(section.facts));
}

// ---- Contents ---------------------------------------------------------------------------------

for (const group of document.querySelectorAll(".group")) {
  if (!group.querySelector("section")) {
    group.remove();
    continue;
  }
  const title = group.id === "accuracy" && lastSet
    ? `Accuracy on the ${lastSet} set` : group.dataset.title;
  group.prepend(element("h2", "", title));
  const link = element("a", "", group.dataset.title);
  link.href = "#" + group.id;
  byId("contents").append(link);
}
/** Panels side by side fill their row: three parity plots share one, a lone panel gets its own. */
function arrange(run) {
  if (run.length === 3 && run.every(made => made.classList.contains("parity"))) {
    run.forEach(made => made.classList.add("third"));
  } else if (run.length % 2) {
    run.at(-1).classList.add("wide");
  }
}
for (const group of document.querySelectorAll(".group")) {
  let run = [];
  for (const made of group.querySelectorAll("section")) {
    const parity = run.length > 0 && run[0].classList.contains("parity");
    if (made.classList.contains("wide") || (parity && !made.classList.contains("parity"))) {
      arrange(run);
      run = [];
    }
    if (!made.classList.contains("wide")) run.push(made);
  }
  arrange(run);
}
for (const note of document.querySelectorAll(".note:empty")) note.remove();
// A table that does not fit scrolls; the keyboard must be able to scroll it too.
for (const made of document.querySelectorAll(".table")) {
  if (made.scrollWidth > made.clientWidth || made.scrollHeight > made.clientHeight) {
    made.tabIndex = 0;
  }
}
draw();
