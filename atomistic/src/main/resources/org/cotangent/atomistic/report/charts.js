// Curves, parity plots and histograms, with Chart.js and the names of tables.js.
"use strict";

// ---- Charts -----------------------------------------------------------------------------------

const makers = [];
let charts = [];

function theme() {
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue("--" + name).trim();
  return {
    ink: value("ink"), muted: value("muted"), grid: value("grid"), panel: value("panel"),
    line: value("line"), first: value("first"), second: value("second"), third: value("third"),
    density: value("density").split(" "),
  };
}

function axis(colors, title, more = {}) {
  return {
    title: { display: true, text: title, color: colors.muted, font: { size: 12 } },
    grid: { color: colors.grid, tickColor: colors.grid },
    border: { color: colors.line },
    ...more,
    ticks: { color: colors.muted, maxRotation: 0, ...more.ticks },
  };
}

/** Decades, with 2 and 5 between them where there are few. */
function logarithmic(values) {
  const positive = values.filter(v => v > 0);
  const decades = Math.log10(Math.max(...positive) / Math.min(...positive));
  const labelled = decades > 2.5 ? [1] : decades > 0.7 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 8];
  return {
    type: "logarithmic",
    ticks: {
      callback: v => {
        const mantissa = v / 10 ** Math.floor(Math.log10(v) + 1e-9);
        return labelled.some(m => Math.abs(mantissa - m) < 1e-6) ? format(v, 1) : null;
      },
    },
  };
}

function tooltip(colors, callbacks) {
  return {
    backgroundColor: colors.ink, titleColor: colors.panel, bodyColor: colors.panel,
    padding: 10, cornerRadius: 6, boxPadding: 4, callbacks,
  };
}

/** A dashed vertical line with a label, for the epoch whose parameters were kept. */
const marker = {
  id: "marker",
  afterDatasetsDraw(chart, _, options) {
    if (options.at === undefined || options.at === null) return;
    const { ctx, chartArea: area } = chart;
    const x = chart.scales.x.getPixelForValue(options.at);
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = options.color;
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(x, area.top);
    ctx.lineTo(x, area.bottom);
    ctx.stroke();
    ctx.font = "12px system-ui, sans-serif";
    const leftSide = x > (area.left + area.right) / 2;
    ctx.textAlign = leftSide ? "right" : "left";
    ctx.fillText(options.text, x + (leftSide ? -6 : 6), area.top + 14);
    ctx.restore();
  },
};

function curve(canvas, describe) {
  makers.push(() => {
    const colors = theme();
    const { x, series, xTitle, yTitle, yScale, tip, mark } = describe(colors);
    return new Chart(canvas, {
      type: "line",
      plugins: [marker],
      data: {
        datasets: series.map(s => ({
          label: s.label,
          data: x.map((value, i) => ({ x: value, y: s.values[i] })),
          borderColor: s.color, backgroundColor: s.color, borderWidth: s.width ?? 1.75,
          pointRadius: s.values.length > 60 ? 0 : 2, pointHitRadius: 8, spanGaps: true,
        })),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis(colors, xTitle, {
            type: "linear", min: x[0], max: x[x.length - 1], ticks: { includeBounds: false },
          }),
          y: axis(colors, yTitle, yScale),
        },
        plugins: {
          legend: {
            display: series.length > 1, align: "end",
            labels: { color: colors.ink, boxWidth: 14, boxHeight: 2 },
          },
          tooltip: tooltip(colors, tip),
          marker: { at: mark, text: `best: epoch ${mark}`, color: colors.muted },
        },
      },
    });
  });
}

const measured = values => values.some(v => v !== null);

if (report.history) {
  const h = report.history;
  const epochTip = unit => ({
    title: items => "Epoch " + items[0].parsed.x,
    label: item => ` ${item.dataset.label}: ${format(item.parsed.y)}${unit ? "\u00a0" + unit : ""}`,
  });
  const chart = (panel, canvas, describe, ...values) =>
    values.some(measured) ? curve(byId(canvas), describe) : byId(panel).remove();

  chart("history", "loss-chart", colors => ({
    x: h.epoch,
    series: [
      { label: "Training", values: h.trainingLoss, color: colors.first },
      { label: "Validation", values: h.validationLoss, color: colors.second },
    ].filter(s => measured(s.values)),
    xTitle: "Epoch", yTitle: "Loss",
    yScale: logarithmic([...h.trainingLoss, ...h.validationLoss]),
    tip: epochTip(""), mark: h.bestEpoch,
  }), h.trainingLoss, h.validationLoss);
  chart("history-forces", "force-error-chart", colors => ({
    x: h.epoch,
    series: [{ label: "Force error", values: h.forceError, color: colors.second }],
    xTitle: "Epoch", yTitle: `Force MAE [${h.forceUnit}]`, yScale: logarithmic(h.forceError),
    tip: epochTip(h.forceUnit), mark: h.bestEpoch,
  }), h.forceError);
  const largestRate = Math.max(...h.learningRate);
  const power = largestRate > 0 && largestRate < 0.1 ? Math.floor(Math.log10(largestRate)) : 0;
  chart("history-rate", "rate-chart", colors => ({
    x: h.epoch,
    series: [{ label: "Learning rate", values: h.learningRate, color: colors.third }],
    xTitle: "Epoch", yTitle: "Learning rate" + (power ? ` [10${superscript(power)}]` : ""),
    yScale: {
      beginAtZero: true,
      ticks: { maxTicksLimit: 7, callback: v => String(Number((v / 10 ** power).toFixed(3))) },
    },
    tip: epochTip(""),
  }), h.learningRate);
}

// ---- Parity plots -----------------------------------------------------------------------------

/** Colours between the given ones, at a share from 0 to 1. */
function between(stops, share) {
  const position = share * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(position));
  const channel = (stop, k) => parseInt(stops[stop].slice(1 + 2 * k, 3 + 2 * k), 16);
  const mixed = [0, 1, 2].map(k =>
    Math.round(channel(i, k) + (position - i) * (channel(i + 1, k) - channel(i, k))));
  return `rgb(${mixed.join(" ")})`;
}

/** The distribution of the errors, below the parity plot. */
function histogram(canvas, parity) {
  const { limit, count: counts } = parity.errors;
  const width = (2 * limit || 1) / counts.length;
  const middle = i => (i - (counts.length - 1) / 2) * width;
  const beyond = i => (i === 0 ? "below " : i === counts.length - 1 ? "above " : "");
  makers.push(() => {
    const colors = theme();
    return new Chart(canvas, {
      type: "bar",
      data: {
        datasets: [{
          data: counts.map((n, i) => ({ x: middle(i), y: n })),
          backgroundColor: colors.first, barPercentage: 1, categoryPercentage: 0.92,
        }],
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis(colors, `Error [${parity.errorUnit}]`, {
            type: "linear", offset: false, min: -counts.length * width / 2,
            max: counts.length * width / 2, grid: { display: false },
            ticks: { includeBounds: false, maxTicksLimit: 9 },
          }),
          y: axis(colors, "Values", { ticks: { maxTicksLimit: 4, precision: 0, callback: count } }),
        },
        plugins: {
          legend: { display: false },
          tooltip: tooltip(colors, {
            title: items => {
              const i = items[0].dataIndex;
              const edge = middle(i) + (i === 0 ? width / 2 : -width / 2);
              return beyond(i)
                ? beyond(i) + withUnit(edge, parity.errorUnit)
                : `${format(middle(i) - width / 2)} to `
                  + withUnit(middle(i) + width / 2, parity.errorUnit);
            },
            label: item => ` ${count(item.parsed.y)} values`,
          }),
        },
      },
    });
  });
}

for (const id of ["energy-parity", "force-parity"]) {
  const parity = report[id];
  if (!parity) continue;
  const panel = byId(id);
  const p = parity.points;
  panel.querySelector("h3").textContent = parity.quantity;
  const stat = (name, value) => element("span", "", name + " ", element("b", "", value));
  panel.querySelector(".note").replaceWith(element("div", "stats",
    stat("MAE", withUnit(parity.meanAbsolute, parity.errorUnit)),
    stat("RMSE", withUnit(parity.rootMeanSquare, parity.errorUnit)),
    parity.determination === null ? null : stat("R²", parity.determination.toFixed(5)),
    stat("values", count(parity.values))));
  if (p.x.length === 0) { // a model that has diverged predicts no numbers
    panel.querySelectorAll(".chart").forEach(chart => chart.remove());
    continue;
  }
  const most = Math.max(...p.count);
  // The densest cells are drawn last, on top.
  const order = p.x.map((_, i) => i).sort((a, b) => p.count[a] - p.count[b]);
  const low = Math.min(...p.x, ...p.y), high = Math.max(...p.x, ...p.y);
  const margin = (high - low || 1) * 0.04;
  const range = { min: low - margin, max: high + margin };
  let strip = null;
  if (p.binned) {
    strip = element("i");
    panel.querySelector(".square").after(
      element("div", "scale", "1", strip, `${count(most)} values per point`));
  }
  histogram(panel.querySelector(".histogram canvas"), parity);
  makers.push(() => {
    const colors = theme();
    if (strip) strip.style.background = `linear-gradient(90deg, ${colors.density.join(",")})`;
    const paint = i => p.binned
      ? between(colors.density, most > 1 ? Math.log(p.count[i]) / Math.log(most) : 1)
      : colors.first + "99";
    return new Chart(panel.querySelector(".square canvas"), {
      type: "scatter",
      data: {
        datasets: [
          {
            data: order.map(i => ({ x: p.x[i], y: p.y[i], n: p.count[i] })),
            pointBackgroundColor: order.map(paint), pointBorderWidth: 0,
            pointRadius: p.binned ? 2 : 2.75, order: 2,
          },
          {
            type: "line", data: [{ x: range.min, y: range.min }, { x: range.max, y: range.max }],
            borderColor: colors.muted, borderWidth: 1, borderDash: [5, 4],
            pointRadius: 0, pointHitRadius: 0, order: 1,
          },
        ],
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
        interaction: { mode: "nearest", intersect: true },
        scales: {
          x: axis(colors, `Reference [${parity.unit}]`,
            { ...range, ticks: { includeBounds: false, maxTicksLimit: 10 } }),
          y: axis(colors, `Predicted [${parity.unit}]`,
            { ...range, ticks: { includeBounds: false, maxTicksLimit: 10 } }),
        },
        plugins: {
          legend: { display: false },
          tooltip: tooltip(colors, {
            label: ({ raw }) => [
              ` reference ${format(raw.x, 5)}\u00a0${parity.unit}`,
              ` predicted ${format(raw.y, 5)}\u00a0${parity.unit}`,
              ...(raw.n > 1 ? [` mean of ${count(raw.n)} values`] : []),
            ],
          }),
        },
      },
    });
  });
}

// ---- Energy drift -----------------------------------------------------------------------------

if (report["energy-drift"]) {
  const d = report["energy-drift"];
  document.querySelector("#energy-drift .note").replaceWith(element("div", "stats",
    element("span", "", d.description),
    element("span", "", "drift ", element("b", "", withUnit(d.drift, "meV/atom/ps"))),
    element("span", "", "fluctuation ", element("b", "", withUnit(d.fluctuation, "meV/atom")))));
  const canvas = document.querySelector("#energy-drift canvas");
  if (!measured(d.energy)) canvas.parentElement.remove();
  else curve(canvas, colors => ({
    x: d.time,
    series: [
      {
        label: "Trend", values: d.time.map(t => d.drift === null ? null : d.start + d.drift * t),
        color: colors.ink, width: 2,
      },
      { label: "Energy", values: d.energy, color: colors.third, width: 0.8 },
    ],
    xTitle: "Time [ps]", yTitle: "Energy − start [meV/atom]", yScale: {},
    tip: {
      title: items => withUnit(items[0].parsed.x, "ps"),
      label: item => ` ${item.dataset.label}: ${withUnit(item.parsed.y, "meV/atom")}`,
    },
  }));
}

// ---- Light, dark, paper -----------------------------------------------------------------------

Chart.defaults.font.family = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
Chart.defaults.locale = "en-US";

function draw() {
  charts.forEach(chart => chart.destroy());
  charts = makers.map(make => make());
}
draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("printing");
  draw();
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("printing");
  draw();
});
