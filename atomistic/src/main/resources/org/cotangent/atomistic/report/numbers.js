// Numbers as text, elements, panels and tables: what the other files build the page of.
"use strict";

const report = JSON.parse(document.getElementById("report-data").textContent);
const byId = id => document.getElementById(id);
/** The sections of a kind, and the first of them. */
const all = kind => report.sections[kind] ?? [];
const first = kind => all(kind)[0];

// ---- Numbers as text --------------------------------------------------------------------------

const MISSING = "–";
const superscript = n => String(n).replace(/./g, c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻");
const grouped = text => text.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
const known = x => x !== null && x !== undefined;
const measured = values => values.some(known);

/** Significant digits; powers of ten for the very small and the very large. */
function format(x, digits = 3) {
  if (!known(x)) return MISSING;
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
const count = n => (known(n) ? grouped(String(n)) : MISSING);
/** A unit that is not broken after its slash. */
const whole = unit => unit.replaceAll("/", "/\u2060");
const withUnit = (x, unit) => format(x) + "\u00a0" + whole(unit);

function duration(seconds) {
  if (!known(seconds)) return MISSING;
  if (seconds < 1e-3) return format(seconds * 1e6) + "\u00a0µs";
  if (seconds < 1) return format(seconds * 1e3) + "\u00a0ms";
  if (seconds < 60) return format(seconds) + "\u00a0s";
  const rounded = Math.round(seconds);
  const [h, m, s] = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60, rounded % 60];
  return h ? `${h}\u00a0h ${m}\u00a0min` : `${m}\u00a0min ${s}\u00a0s`;
}
const bytes = n => n >= 2 ** 30
  ? format(n / 2 ** 30) + "\u00a0GiB" : format(n / 2 ** 20) + "\u00a0MiB";

// ---- Elements; texts from the data are only ever set as text ----------------------------------

function element(name, classes, ...children) {
  const node = document.createElement(name);
  if (classes) node.className = classes;
  node.append(...children.filter(known));
  return node;
}
function bar(share) {
  const filled = element("i");
  filled.style.width = Math.min(100, 100 * share) + "%";
  return element("div", "bar", filled);
}
/** A path that may be broken after its slashes. */
const path = text => element("span", "",
  ...text.split(/(?<=[/\\])/).flatMap(part => [part, document.createElement("wbr")]));
const stat = (name, value) => element("span", "", name + " ", element("b", "", value));

/** A panel at the end of a group. */
function panel(group, id, title, note, classes = "") {
  const head = element("h3", "", title);
  const made = element("section", `panel ${classes}`, head,
    typeof note === "string" ? element("p", "note", note) : note);
  made.id = id;
  byId(group).append(made);
  return made;
}

// ---- Tables: a column is {head, text, classes, value}; one with a value can be sorted by it ----

const text = (head, of) => ({ head, text: of });
const number = (head, of, show = format) =>
  ({ head, text: row => show(of(row)), value: of, classes: "number" });
const graph = share => ({ head: "", text: row => bar(share(row)), classes: "graph" });

/** Adds a table; one that is {@code sortable} begins in the order of its column {@code sorted}. */
function table(place, columns, rows, sorted) {
  const sortable = sorted !== undefined;
  const body = element("tbody");
  const heads = columns.map(column => {
    const head = element("th", column.classes);
    head.scope = "col";
    head.append(sortable && column.value ? element("button", "", column.head) : column.head);
    return head;
  });
  const fill = shown => body.replaceChildren(...shown.map((row, k) =>
    element("tr", "", ...columns.map((column, i) => {
      const content = column.text(row, shown[k - 1]);
      const cell = element(i === 0 && !sortable ? "th" : "td", column.classes, content);
      if (column.title) cell.title = column.title(row);
      return cell;
    }))));
  const sortBy = (column, direction) => {
    heads.forEach(head => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    const size = row => {
      const value = columns[column].value(row);
      return typeof value === "number" && columns[column].signed ? Math.abs(value) : value;
    };
    const order = (a, b) => {
      const [x, y] = [size(a), size(b)];
      if (!known(x) || !known(y)) return known(y) - known(x); // missing ones last
      return direction * (typeof x === "string" ? x.localeCompare(y) : x - y);
    };
    fill([...rows].sort(order));
  };
  heads.forEach((head, i) => head.querySelector("button")?.addEventListener("click", () =>
    sortBy(i, head.getAttribute("aria-sort") === "descending" ? 1 : -1)));
  if (sortable) sortBy(sorted, -1);
  else fill(rows);
  const titled = columns.some(column => column.head);
  const made = element("div", "table", element("table", "",
    titled ? element("thead", "", element("tr", "", ...heads)) : null, body));
  place.append(made);
  return made;
}
