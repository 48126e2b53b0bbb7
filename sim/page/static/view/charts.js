// Charts over time: force and place of the rollers with their set points and limits, temperatures, supply.

import uPlot from "../parts/uplot/uPlot.js";
import { columnAt } from "../simulated/columns.js";
import { html, Segments, useEffect, useRef, useState } from "../ui.js";

const HEIGHT = 160;
const DRAW_MS = 100;
const WINDOWS = [
  [30, "30 s"],
  [180, "3 min"],
  [0, "All"],
];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Dashes: of a setpoint, and of a second measurement in the same colour.
const ASKED = [5, 4];
const SECOND = [2, 3];

/** Return a measured line and its dashed set point. */
function pair(name, foot, unit, target, scale) {
  const colour = name;
  return [
    { label: name, colour, column: columnAt(`${name}${unit}`, foot), scale },
    { label: "", colour, column: columnAt(`${name}${target}`, foot), scale, dash: ASKED },
  ];
}

/** The charts with their lines: a series reads one column of a row, a limit is a constant. */
function charts(facts, foot) {
  const { limits } = facts;
  return [
    {
      title: "Force",
      unit: "N",
      series: [...pair("top", foot, "N", "TargetN"), ...pair("sole", foot, "N", "TargetN")],
      range: (_, high) => [0, Math.max(38, high * 1.05)],
      limit: limits.FORCE_TRIP_MN / 1000,
    },
    {
      title: "Place from the toe tips",
      unit: "mm",
      digits: 0,
      series: [...pair("top", foot, "Um", "TargetUm", 1e-3), ...pair("sole", foot, "Um", "TargetUm", 1e-3)],
      range: (_, high) => [-10, Math.max(280, high * 1.05)],
    },
    {
      title: "Skin side, and heater (dotted)",
      unit: "°C",
      series: [
        { label: "left", colour: "left", column: columnAt("skinC", 0) },
        { label: "right", colour: "right", column: columnAt("skinC", 1) },
        { label: "", colour: "left", column: columnAt("elementC", 0), dash: SECOND },
        { label: "", colour: "right", column: columnAt("elementC", 1), dash: SECOND },
      ],
      range: (low, high) => [Math.min(18, low - 1), Math.max(45, high + 1)],
      limit: limits.SKIN_TRIP_CENTI_C / 100,
    },
    {
      title: "Supply",
      unit: "V",
      series: [{ label: "supply", colour: "good", column: columnAt("supplyV") }],
      range: (low, high) => [Math.min(10, low - 0.2), Math.max(12.6, high + 0.2)],
      limit: limits.SUPPLY_TRIP_MV / 1000,
    },
  ];
}

/** All charts of one source: its `recording` has grown at every event "now". */
export function Charts({ source, facts, recording, until }) {
  const [foot, setFoot] = useState(0);
  const [seconds, setSeconds] = useState(30);
  return html`
    <div class="chart-head">
      <${Segments} label="Foot of the charts" value=${foot} onChoose=${setFoot} options=${[[0, "Left"], [1, "Right"]]} />
      <p class="hint chart-key"><svg viewBox="0 0 24 8"><path d="M0 4H24" /></svg>measured
        <svg viewBox="0 0 24 8"><path d="M0 4H24" stroke-dasharray="5 4" /></svg>set point
        <svg viewBox="0 0 24 8"><path class="limit" d="M0 4H24" stroke-dasharray="1.5 3" /></svg>limit</p>
      <${Segments} label="Time of the charts" value=${seconds} onChoose=${setSeconds} options=${WINDOWS} />
    </div>
    <div class="charts">
      ${charts(facts, foot).map(
        (chart) => html`
        <${Chart} key="${chart.title} ${foot}" ...${{ chart, source, recording, seconds, until }} />`,
      )}
    </div>`;
}

function Chart({ chart, source, recording, seconds, until }) {
  const place = useRef();
  const legend = useRef();
  useEffect(() => {
    const tell = (plot) => tellValues(legend.current, chart, plot);
    let plot = make(chart, place.current, tell);
    let drawnMs = 0;
    const draw = () => {
      if (performance.now() - drawnMs < DRAW_MS || !place.current.offsetParent) return;
      drawnMs = performance.now();
      plot.setData(dataOf(chart, recording(), seconds, until?.()));
      tell(plot);
    };
    const resize = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: HEIGHT }));
    resize.observe(place.current);
    const theme = matchMedia("(prefers-color-scheme: dark)");
    const again = () => {
      plot.destroy();
      plot = make(chart, place.current, tell);
      drawnMs = 0;
      draw();
    };
    theme.addEventListener("change", again);
    source.addEventListener("now", draw);
    draw();
    return () => {
      resize.disconnect();
      theme.removeEventListener("change", again);
      source.removeEventListener("now", draw);
      plot.destroy();
    };
  }, [source, seconds]);
  const named = chart.series.filter(({ label }) => label);
  return html`
    <figure class="chart"><figcaption><span>${chart.title}, ${chart.unit}</span>
      <span class="values" ref=${legend}>${named.map(
        ({ label, colour: name }) => html`<span><i class="dot dot-${name}"></i>${label} <b></b></span>`,
      )}</span></figcaption><div ref=${place}></div></figure>`;
}

/** Write the values under the pointer, or the last ones, beside the names of the lines. */
function tellValues(legend, chart, plot) {
  if (!legend) return;
  const at = plot.cursor.idx ?? plot.data[0].length - 1;
  const texts = legend.querySelectorAll("b");
  let next = 0;
  chart.series.forEach(({ label }, index) => {
    if (!label) return;
    const value = plot.data[index + 1][at];
    texts[next++].textContent = value == null ? "" : rounded(value, chart.digits ?? 1);
  });
}

/** Return a number with this many digits after the point, and no minus before a zero. */
const rounded = (value, digits) => (Number(value.toFixed(digits)) || 0).toFixed(digits);

function make(chart, place, onCursor) {
  const [ink, line] = [colour("soft"), colour("line")];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const limit = { stroke: colour("danger"), width: 1, dash: [1, 3] };
  const limits = chart.limit ? [{ label: "limit", ...limit }] : [];
  // At least ten seconds, so that a session's beginning is not stretched.
  const time = (_, low, high) => [low ?? 0, Math.max(high ?? 10, (low ?? 0) + 10)];
  return new uPlot(
    {
      width: place.clientWidth || 300,
      height: HEIGHT,
      pxAlign: false,
      cursor: { y: false, points: { show: false } },
      legend: { show: false },
      hooks: { setCursor: [onCursor] },
      scales: { x: { time: false, range: time }, y: { range: (_, low, high) => chart.range(low ?? 0, high ?? 1) } },
      axes: [
        { ...axis, size: 24, values: (_, values) => values.map((value) => clockOf(value)) },
        { ...axis, size: 40 },
      ],
      series: [
        {},
        ...chart.series.map(({ label, colour: name, dash }) => ({
          label,
          stroke: colour(name),
          width: dash ? 1 : 1.8,
          dash,
          points: { show: false },
        })),
        ...limits,
      ],
    },
    dataOf(chart, null),
    place,
  );
}

const clockOf = (value) => `${Math.floor(value / 60)}:${String(Math.floor(value % 60)).padStart(2, "0")}`;

/** Return the columns of a chart for the last seconds before row `until`; a long one is thinned to two points a pixel. */
function dataOf(chart, recording, seconds = 30, until) {
  const end = recording ? (until ?? recording.length) : 0;
  const start = seconds ? Math.max(0, end - seconds * 20) : 0;
  const step = Math.max(1, Math.floor((end - start) / 1600));
  const count = Math.ceil((end - start) / step);
  const data = [new Float64Array(count), ...chart.series.map(() => Array(count))];
  for (let at = 0; at < count; at++) {
    const row = recording.row(start + at * step);
    data[0][at] = row[0] / 100;
    chart.series.forEach(({ column, scale }, index) => (data[index + 1][at] = known(row[column] * (scale ?? 1))));
  }
  if (chart.limit) data.push(new Float64Array(count).fill(chart.limit));
  return data;
}

// A board does not send every column; a missing one is a gap.
const known = (value) => (Number.isNaN(value) ? null : value);
