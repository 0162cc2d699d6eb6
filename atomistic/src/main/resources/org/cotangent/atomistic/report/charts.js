// Panels with charts, made with Chart.js and the names of numbers.js; tables.js calls them.
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
    density: value("density").split(" "), series: value("series").split(/\s+/),
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
    const width = ctx.measureText(options.text).width;
    const left = x > (area.left + area.right) / 2 ? x - 6 - width : x + 6;
    ctx.fillStyle = options.ground; // a curve below the text would strike it out
    ctx.fillRect(left - 2, area.top + 2, width + 4, 16);
    ctx.fillStyle = options.color;
    ctx.fillText(options.text, left, area.top + 14);
    ctx.restore();
  },
};

/** A panel's canvas. */
function canvas(place, label, classes = "") {
  const made = element("canvas");
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", label);
  place.append(element("div", `chart ${classes}`, made));
  return made;
}

/** Lines of points; {@code describe} is asked again whenever the colours change. */
function curve(place, describe) {
  makers.push(() => {
    const colors = theme();
    const { lines, xTitle, yTitle, xScale, yScale, tip, mark } = describe(colors);
    const x = lines.flatMap(line => line.x);
    const [first, last] = [Math.min(...x), Math.max(...x)];
    return new Chart(place, {
      type: "line",
      plugins: [marker],
      data: {
        datasets: lines.map(line => ({
          label: line.name,
          data: line.x.map((value, i) => ({ x: value, y: line.y[i] })),
          borderColor: line.color, backgroundColor: line.color, borderWidth: line.width ?? 1.75,
          borderDash: line.dash, pointRadius: line.points ?? (line.x.length > 60 ? 0 : 2),
          pointHitRadius: 8, spanGaps: true,
        })),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: {
          x: axis(colors, xTitle, {
            type: "linear", min: first < last ? first : first - 1,
            max: first < last ? last : last + 1,
            ...xScale, ticks: { includeBounds: false, ...xScale?.ticks },
          }),
          y: axis(colors, yTitle, yScale),
        },
        plugins: {
          legend: {
            display: lines.length > 1, align: "end",
            labels: { color: colors.ink, boxWidth: 14, boxHeight: 2 },
          },
          tooltip: tooltip(colors, tip),
          marker: {
            at: mark, text: `best: epoch ${mark}`, color: colors.muted, ground: colors.panel,
          },
        },
      },
    });
  });
}

/** What was measured epoch by epoch. */
function curvesPanel(curves, index) {
  const lines = curves.lines.filter(line => measured(line.y));
  if (!lines.length) return;
  const values = lines.flatMap(line => line.y).filter(known);
  const largest = Math.max(...values);
  const smallest = Math.min(...values.filter(v => v > 0));
  // Within a small factor, such an axis has no round numbers to stand at, and shows differences too large.
  const logarithmicAxis = curves.logarithmic && largest >= 3 * smallest;
  const place = panel("training", `curves-${index}`, curves.quantity,
    logarithmicAxis ? "Logarithmic scale." : "",
    index === 0 ? "wide" : "");
  const power = largest > 0 && largest < 0.1 ? Math.floor(Math.log10(largest)) : 0;
  const factor = power ? "10" + superscript(power) : "";
  const unit = [logarithmicAxis ? "" : factor, curves.unit].filter(Boolean).join("\u00a0");
  curve(canvas(place, curves.quantity + " by epoch"), colors => ({
    lines: lines.map((line, i) => ({
      ...line,
      color: curves.quantity === "Learning rate" ? colors.third
        : lines.length === 1 ? colors.second : colors.series[i % colors.series.length],
    })),
    xTitle: "Epoch", xScale: { ticks: { precision: 0 } },
    yTitle: unit ? `${curves.quantity} [${unit}]` : curves.quantity,
    yScale: logarithmicAxis ? logarithmic(values) : {
      beginAtZero: true,
      ticks: { maxTicksLimit: 7, callback: v => String(Number((v / 10 ** power).toFixed(3))) },
    },
    tip: {
      title: items => "Epoch " + items[0].parsed.x,
      label: item => ` ${item.dataset.label}: ${format(item.parsed.y)}`
        + (curves.unit ? "\u00a0" + curves.unit : ""),
    },
    mark: curves.marked,
  }));
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
function histogram(place, parity) {
  const { limit, count: counts } = parity.errors;
  const width = (2 * limit || 1) / counts.length;
  const middle = i => (i - (counts.length - 1) / 2) * width;
  const beyond = i => (i === 0 ? "below " : i === counts.length - 1 ? "above " : "");
  makers.push(() => {
    const colors = theme();
    return new Chart(place, {
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

function parityPanel(parity, index) {
  const p = parity.points;
  const place = panel("accuracy", `parity-${index}`, parity.quantity, element("div", "stats",
    stat("MAE", format(parity.meanAbsolute)),
    stat("RMSE", withUnit(parity.rootMeanSquare, parity.errorUnit)),
    known(parity.determination) ? stat("R²", parity.determination.toFixed(5).replace("-", "−")) : null,
    stat("values", count(parity.count))), "parity");
  if (p.x.length === 0) return; // a model that has diverged predicts no numbers
  const square = canvas(place, `Predicted against reference: ${parity.quantity}`, "square");
  const most = Math.max(...p.count);
  // The densest cells are drawn last, on top.
  const order = p.x.map((_, i) => i).sort((a, b) => p.count[a] - p.count[b]);
  const low = Math.min(...p.x, ...p.y), high = Math.max(...p.x, ...p.y);
  const margin = (high - low || 1) * 0.04;
  const range = { min: low - margin, max: high + margin };
  let strip = null;
  if (p.binned) {
    strip = element("i");
    place.append(element("div", "scale", "1", strip, `${count(most)} values per point`));
  }
  histogram(canvas(place, `Distribution of the errors: ${parity.quantity}`, "histogram"), parity);
  makers.push(() => {
    const colors = theme();
    if (strip) strip.style.background = `linear-gradient(90deg, ${colors.density.join(",")})`;
    const paint = i => p.binned
      ? between(colors.density, most > 1 ? Math.log(p.count[i]) / Math.log(most) : 1)
      : colors.first + "99";
    return new Chart(square, {
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

// ---- Forces by size, uncertainties, energy drift ------------------------------------------------

/** Mean absolute errors as bars, relative ones as a line. */
function forceChart(place, by, unit, rows) {
  if (!measured(rows.map(e => e.meanAbsolute))) return;
  const drawn = canvas(place, `Force error by ${by.toLowerCase()}`, "low");
  makers.push(() => {
    const colors = theme();
    return new Chart(drawn, {
      data: {
        labels: rows.map(e => e.label),
        datasets: [
          {
            type: "bar", label: "MAE", yAxisID: "y", backgroundColor: colors.first, order: 2,
            data: rows.map(e => e.meanAbsolute), maxBarThickness: 44, pointStyle: "rect",
          },
          {
            type: "line", label: "Relative RMSE", yAxisID: "share", borderColor: colors.second,
            backgroundColor: colors.second, borderWidth: 1.75, pointRadius: 3, order: 1,
            data: rows.map(e => known(e.relative) ? 100 * e.relative : null),
            showLine: by === "Force", // elements have no order
          },
        ],
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: axis(colors, "", { title: { display: false }, grid: { display: false } }),
          y: axis(colors, `MAE [${unit}]`, { beginAtZero: true, ticks: { maxTicksLimit: 5 } }),
          share: axis(colors, "Relative [%]", {
            position: "right", beginAtZero: true, grid: { display: false },
            ticks: { maxTicksLimit: 5 },
          }),
        },
        plugins: {
          legend: {
            align: "end", reverse: true,
            labels: { color: colors.ink, usePointStyle: true, boxHeight: 7, pointStyleWidth: 14 },
          },
          tooltip: tooltip(colors, {
            label: item => ` ${item.dataset.label}: ${format(item.parsed.y)}\u00a0`
              + (item.dataset.label === "MAE" ? unit : "%"),
          }),
        },
      },
    });
  });
}

/** Root mean square errors of predictions of about the same uncertainty. */
function calibrationPanel(section, index) {
  const rows = section.rows.filter(r => r.predicted > 0 && r.actual > 0);
  const place = panel("uncertainty", `calibration-${index}`,
    `${section.quantity}: error by uncertainty`,
    element("div", "stats", stat("errors within one uncertainty",
      format(100 * section.within, 3) + "\u00a0%"), element("span", "", "(normal: 68.3\u00a0%)")));
  if (!rows.length) return;
  const values = rows.flatMap(r => [r.predicted, r.actual]);
  const [low, high] = [Math.min(...values) / 1.2, Math.max(...values) * 1.2];
  const scale = logarithmic([low, high]);
  curve(canvas(place, "Actual errors against predicted uncertainties"), colors => ({
    lines: [
      { name: "Ideal", x: [low, high], y: [low, high], color: colors.muted, width: 1, dash: [5, 4],
        points: 0 },
      { name: "Found", x: rows.map(r => r.predicted), y: rows.map(r => r.actual),
        color: colors.first, points: 3 },
    ],
    xTitle: `Predicted uncertainty [${section.unit}]`, yTitle: `RMSE [${section.unit}]`,
    xScale: scale, yScale: { ...scale, min: low, max: high },
    tip: {
      title: () => "",
      label: item => ` uncertainty ${withUnit(item.parsed.x, section.unit)}, `
        + `RMSE ${withUnit(item.parsed.y, section.unit)}`,
    },
  }));
}

/** The total energy by simulated time. */
function driftPanel(d) {
  const place = panel("checks", "energy-drift", "Energy in dynamics at constant energy",
    element("div", "stats", element("span", "", d.description),
      stat("drift", withUnit(d.drift, "meV/atom/ps")),
      stat("fluctuation", withUnit(d.fluctuation, "meV/atom"))), "wide");
  if (!measured(d.energy)) return;
  curve(canvas(place, "Total energy by simulated time"), colors => ({
    lines: [
      {
        name: "Trend", x: d.time, y: d.time.map(t => known(d.drift) ? d.start + d.drift * t : null),
        color: colors.ink, width: 2, points: 0,
      },
      { name: "Energy", x: d.time, y: d.energy, color: colors.third, width: 0.8, points: 0 },
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
// Numbers on axes are set as those in tables are.
const numeric = Chart.Ticks.formatters.numeric;
Chart.defaults.scales.linear.ticks.callback = function (value, index, ticks) {
  return numeric.call(this, value, index, ticks).replaceAll(",", "\u202f").replace("-", "−");
};

function draw() {
  charts.forEach(chart => chart.destroy());
  charts = makers.map(make => make());
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("printing");
  draw();
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("printing");
  draw();
});
