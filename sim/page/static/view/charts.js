// Charts over time: force and place of the rollers with their set points and limits, temperatures, supply.

import { columnAt } from "../simulated/columns.js";
import { html, Segments, useEffect, useRef, useState } from "../ui.js";

// The small form of uPlot is a script of its own (index.html), not a module.
const { uPlot } = globalThis;
const HEIGHT = 168;
const DRAW_MS = 100;
const WINDOWS = [
  [30, "30 s"],
  [180, "3 min"],
  [0, "All"],
];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The charts: what each shows; a series reads one column of a row, a limit is a constant. */
function charts(facts, foot) {
  const { limits } = facts;
  const volt = limits.SUPPLY_TRIP_MV / 1000;
  return [
    {
      title: "Force, N",
      series: [
        { label: "top", colour: "top", column: columnAt("topN", foot) },
        { label: "top, asked for", colour: "top", column: columnAt("topTargetN", foot), dash: [5, 4] },
        { label: "sole", colour: "sole", column: columnAt("soleN", foot) },
        { label: "sole, asked for", colour: "sole", column: columnAt("soleTargetN", foot), dash: [5, 4] },
      ],
      range: (_, high) => [0, Math.max(38, high * 1.05)],
      limit: ["trip", limits.FORCE_TRIP_MN / 1000],
    },
    {
      title: "Place, mm from the toe tips",
      series: [
        { label: "top", colour: "top", column: columnAt("topUm", foot), scale: 1e-3 },
        { label: "top, asked for", colour: "top", column: columnAt("topTargetUm", foot), scale: 1e-3, dash: [5, 4] },
        { label: "sole", colour: "sole", column: columnAt("soleUm", foot), scale: 1e-3 },
        {
          label: "sole, asked for",
          colour: "sole",
          column: columnAt("soleTargetUm", foot),
          scale: 1e-3,
          dash: [5, 4],
        },
      ],
      range: (_, high) => [-10, Math.max(280, high * 1.05)],
    },
    {
      title: "Temperature, °C",
      series: [
        { label: "left skin side", colour: "left", column: columnAt("skinC", 0) },
        { label: "right skin side", colour: "right", column: columnAt("skinC", 1) },
        { label: "left heater", colour: "left", column: columnAt("elementC", 0), dash: [2, 3] },
        { label: "right heater", colour: "right", column: columnAt("elementC", 1), dash: [2, 3] },
      ],
      range: (low, high) => [Math.min(18, low - 1), Math.max(45, high + 1)],
      limit: ["trip", limits.SKIN_TRIP_CENTI_C / 100],
    },
    {
      title: "Supply, V",
      series: [{ label: "supply", colour: "good", column: columnAt("supplyV") }],
      range: (low, high) => [Math.min(10, low - 0.2), Math.max(12.6, high + 0.2)],
      limit: ["trip", volt],
    },
  ];
}

/** All charts of one source: `source` has a `recording` and tells "now" when it has grown. */
export function Charts({ source, facts, recording, until }) {
  const [foot, setFoot] = useState(0);
  const [seconds, setSeconds] = useState(30);
  return html`
    <div class="chart-head">
      <${Segments} label="Foot of the charts" value=${foot} onChoose=${setFoot} options=${[[0, "Left"], [1, "Right"]]} />
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
  useEffect(() => {
    let plot = make(chart, place.current);
    let drawnMs = 0;
    const draw = () => {
      if (performance.now() - drawnMs < DRAW_MS || !place.current.offsetParent) return;
      drawnMs = performance.now();
      plot.setData(dataOf(chart, recording(), seconds, until?.()));
    };
    const resize = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: HEIGHT }));
    resize.observe(place.current);
    const theme = matchMedia("(prefers-color-scheme: dark)");
    const again = () => {
      plot.destroy();
      plot = make(chart, place.current);
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
  return html`<figure class="chart"><figcaption>${chart.title}</figcaption><div ref=${place}></div></figure>`;
}

function make(chart, place) {
  const [ink, line] = [colour("soft"), colour("line")];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  const limit = { stroke: colour("danger"), width: 1, dash: [1, 3] };
  const limits = chart.limit ? [{ label: chart.limit[0], ...limit }] : [];
  // Ten seconds at least, so that a session's beginning is not stretched.
  const time = (_, low, high) => [low ?? 0, Math.max(high ?? 10, (low ?? 0) + 10)];
  return new uPlot(
    {
      width: place.clientWidth || 300,
      height: HEIGHT,
      pxAlign: false,
      cursor: { y: false, points: { show: false } },
      legend: { show: false },
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

/** Return the columns of a chart for the last seconds before row `until`; a long time is thinned to two points a pixel. */
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
  if (chart.limit) data.push(new Float64Array(count).fill(chart.limit[1]));
  return data;
}

// A board does not tell everything: what it does not is a gap.
const known = (value) => (Number.isNaN(value) ? null : value);
