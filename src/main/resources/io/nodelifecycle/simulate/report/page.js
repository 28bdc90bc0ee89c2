'use strict';
(() => {
  const errors = document.getElementById('errors');
  const complain = (message) => {
    errors.hidden = false;
    errors.append(`This page has an error: ${message}\n`);
  };
  window.addEventListener('error', (event) => complain(event.message));

  const runs = JSON.parse(document.getElementById('runs').textContent);
  const compared = runs.length > 1;
  const chosen = document.getElementById('zone');
  const home = document.getElementById('charts');
  // What can be chosen besides the name of a zone, which may be any text.
  const TOTAL = Symbol('total');
  const EACH = Symbol('each');
  const LINES_MAX = 8;
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2], [14, 4], [4, 4, 1, 4]];
  const choices = [];
  let plots = [];
  let palette = {};

  const color = (name) => palette[name] ??=
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const lineColor = (i) => color(`c${1 + i % 8}`);
  const faint = (hex) => `${hex}2e`;
  const two = (number) => String(number).padStart(2, '0');
  const exact = new Intl.NumberFormat('en', {maximumFractionDigits: 2});
  const short = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

  /** Hours and minutes, and seconds where they matter. */
  function clock(seconds, always) {
    const whole = Math.floor(seconds);
    const text = `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}`;
    return always || whole % 60 !== 0 ? `${text}:${two(whole % 60)}` : text;
  }

  function sum(columns, length) {
    const total = new Array(length).fill(0);
    columns.forEach((column) => column.forEach((value, i) => { total[i] += value; }));
    return total;
  }

  /** A figure of a run: of all zones together or of the zone with that name. */
  function figure(run, name, zone) {
    const columns = run[name];
    if (zone !== TOTAL) {
      return columns[run.zones.indexOf(zone)] ?? new Array(run.times.length).fill(0);
    }
    const shared = name === 'calls' ? [run.sharedCalls] : [];
    return sum([...columns, ...shared], run.times.length);
  }

  /** The zones to draw a line for each: where most happened, in their order. */
  function liveliest(run, name) {
    const spread = (i) => {
      const column = run[name][i];
      return column.length === 0 ? 0 : column.reduce((a, b) => Math.max(a, b))
        - column.reduce((a, b) => Math.min(a, b));
    };
    return run.zones.map((_, i) => i)
      .sort((a, b) => spread(b) - spread(a) || a - b)
      .slice(0, LINES_MAX)
      .sort((a, b) => a - b);
  }

  function element(parent, tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className ?? '';
    parent.append(made);
    return made;
  }

  /** Shades the time in which all evictions were stopped, under the lines. */
  function drawStops(plot, stops) {
    const {ctx, bbox} = plot;
    ctx.save();
    ctx.fillStyle = color('stop');
    for (const [from, to] of stops) {
      const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, 'x', true));
      if (right > left) {
        ctx.fillRect(left, bbox.top, right - left, bbox.height);
      }
    }
    ctx.restore();
  }

  /** Marks the steps of the outage: a line, and its number and words as far as there is room. */
  function drawMarks(plot, marks) {
    const {ctx, bbox} = plot;
    const ratio = window.devicePixelRatio;
    const end = bbox.left + bbox.width;
    const visible = marks
      .map((mark, i) => ({...mark, number: i + 1, x: plot.valToPos(mark.at, 'x', true)}))
      .filter(({x}) => x >= bbox.left && x <= end);
    ctx.save();
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'bottom';
    ctx.textAlign = 'left';
    visible.forEach(({x, number, text}, i) => {
      ctx.strokeStyle = color('mark');
      ctx.fillStyle = color('mark');
      ctx.lineWidth = ratio;
      ctx.setLineDash([4 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top - 3 * ratio);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const room = (visible[i + 1]?.x ?? end) - x - 8 * ratio;
      const label = fit(ctx, `${number} ${text}`, room) ?? fit(ctx, `${number}`, Infinity);
      if (i === 0 || room > 8 * ratio || visible[i - 1].x < x - 14 * ratio) {
        ctx.fillText(label, Math.min(x, end - 8 * ratio), bbox.top - 3 * ratio);
      }
    });
    ctx.restore();
  }

  function fit(ctx, text, room) {
    if (ctx.measureText(text).width <= room) {
      return text;
    }
    for (let length = Math.min(text.length, 80); length > 6; length--) {
      const cut = `${text.slice(0, length).trimEnd()}…`;
      if (ctx.measureText(cut).width <= room) {
        return cut;
      }
    }
    return null;
  }

  /** Shows the exact values at the pointer. */
  function tooltip(box, lines) {
    const tip = element(box, 'div', '', 'tip');
    tip.hidden = true;
    return (plot) => {
      const {idx, left, top} = plot.cursor;
      const pointed = plot.over.matches(':hover') && idx != null && left >= 0;
      tip.hidden = !pointed;
      if (!pointed) {
        return;
      }
      tip.replaceChildren();
      element(tip, 'div', clock(plot.data[0][idx], true));
      lines.forEach((line, i) => {
        if (plot.series[i + 1].show && line.values[idx] != null) {
          const row = element(tip, 'div', '');
          element(row, 'i', '').style.background = line.color;
          element(row, 'span', line.label);
          element(row, 'b', exact.format(line.values[idx]));
        }
      });
      const x = left + plot.over.offsetLeft;
      const flip = x > box.clientWidth / 2;
      tip.style.left = flip ? '' : `${x + 24}px`;
      tip.style.right = flip ? `${box.clientWidth - x}px` : '';
      tip.style.top = `${top + 34}px`;
    };
  }

  /**
   * Draws a chart.
   * @param chart title, times, lines (label, values, color, dash, fill, stacked), marks, stops;
   *     wide, zero (the axis begins at zero), max (of the axis)
   */
  function draw(chart) {
    const box = element(home, 'div', '', chart.wide ? 'chart wide' : 'chart');
    element(box, 'h3', chart.title);
    const points = tooltip(box, chart.lines);
    const axis = {
      stroke: color('soft'),
      font: '11px system-ui, sans-serif',
      grid: {stroke: color('grid'), width: 1},
      ticks: {stroke: color('grid'), width: 1, size: 4},
    };
    const options = {
      width: box.clientWidth - 26,
      height: chart.wide ? 300 : 250,
      padding: [22, 14, 0, 0],
      cursor: {sync: {key: 'outage'}, points: {size: 7}, drag: {x: true, y: false}, y: false},
      scales: {x: {time: false}, y: {range: (_, min, max) => range(chart, min, max)}},
      axes: [
        {...axis, size: 30, space: 64, values: (_, ticks) => ticks.map((tick) => clock(tick)),
          incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600,
            43200, 86400, 172800, 604800, 1209600]},
        {...axis, size: 54, values: (_, ticks) => ticks.map((tick) => short.format(tick))},
      ],
      series: [{label: 'time'}, ...chart.lines.map((line) => ({
        label: line.label,
        stroke: line.color,
        width: line.width ?? 2,
        dash: line.dash ?? [],
        fill: line.fill,
        points: {show: false},
        spanGaps: true,
        value: (_, __, ___, i) => i == null ? '' : exact.format(line.values[i] ?? 0),
      }))],
      hooks: {
        drawClear: [(plot) => drawStops(plot, chart.stops)],
        draw: [(plot) => drawMarks(plot, chart.marks)],
        setCursor: [points],
        setSeries: [(plot, _, change) => {
          if (change.show != null && chart.lines.some((line) => line.stacked)) {
            plot.setData(stack(chart, plot), false);
            plot.redraw();
          }
        }],
      },
    };
    const plot = new uPlot(options, stack(chart, null), box);
    plots.push({plot, box});
  }

  function range(chart, min, max) {
    if (min == null || max == null) {
      return [0, 1];
    }
    const top = Math.max(chart.max ?? 0, max);
    const low = chart.zero || min === top ? 0 : Math.max(0, min - (top - min) * .1);
    return [low, top === low ? low + 1 : top + (top - low) * .06];
  }

  /** The values to draw: each stacked line on those after it. */
  function stack(chart, plot) {
    const below = new Array(chart.times.length).fill(0);
    const drawn = chart.lines.toReversed().map((line, reversed) => {
      const shown = plot === null || plot.series[chart.lines.length - reversed].show;
      return !line.stacked ? line.values : line.values.map((value, i) => {
        if (shown) {
          below[i] += value;
        }
        return below[i];
      });
    });
    return [chart.times, ...drawn.toReversed()];
  }

  function named(title, zone) {
    return zone === TOTAL ? title : `${title}, ${zone}`;
  }

  function drawNodes(run, zone) {
    const title = named('Nodes by state', zone) + (compared ? `: ${run.title}` : '');
    draw({
      title, times: run.times, marks: run.marks, stops: run.stops, zero: true, wide: !compared,
      lines: [
        {label: 'Ready', values: figure(run, 'ready', zone), color: color('good'),
          fill: color('good'), stacked: true, width: 0},
        {label: 'Not ready', values: figure(run, 'notReady', zone), color: color('middle'),
          fill: color('middle'), stacked: true, width: 0},
        {label: 'Unknown', values: figure(run, 'unknown', zone), color: color('bad'),
          fill: color('bad'), stacked: true, width: 0},
        {label: 'Really dead', values: figure(run, 'dead', zone), color: color('text'),
          dash: [6, 3], width: 1.5},
      ],
    });
  }

  const FIGURES = [
    {name: 'tainted', title: 'Nodes tainted NoExecute', zero: true},
    {name: 'evictedPods', title: 'Pods evicted since the beginning', zero: true},
    {name: 'readyPods', title: 'Ready pods', zero: false},
    {name: 'calls', title: 'API calls per second', zero: true},
  ];

  function drawFigure(run, what, zone) {
    const line = {label: zone === TOTAL ? 'all zones' : zone, values: figure(run, what.name, zone),
      color: color('c1'), fill: what.zero ? faint(color('c1')) : undefined};
    draw({...what, title: named(what.title, zone), times: run.times, lines: [line],
      marks: run.marks, stops: run.stops});
  }

  function drawByZone(run, what) {
    const lines = liveliest(run, what.name).map((zone, i) => ({label: run.zones[zone],
      values: run[what.name][zone], color: lineColor(i), dash: DASHES[i]}));
    if (what.name === 'calls' && lines.length < LINES_MAX) {
      lines.push({label: 'of no zone', values: run.sharedCalls, color: color('soft'), dash: [1, 3]});
    }
    const some = run.zones.length > LINES_MAX ? `, the ${LINES_MAX} zones that changed most` : ', by zone';
    draw({...what, title: what.title + some, times: run.times, lines, marks: run.marks,
      stops: run.stops});
  }

  function drawCompared(what, zone) {
    const joined = uPlot.join(runs.map((run) => [run.times, figure(run, what.name, zone)]));
    const lines = runs.map((run, i) => ({label: run.title, values: joined[i + 1],
      color: lineColor(i), dash: DASHES[i % DASHES.length]}));
    draw({...what, title: named(what.title, zone), times: joined[0], lines, marks: runs[0].marks,
      stops: []});
  }

  function drawAll() {
    plots.forEach(({plot}) => plot.destroy());
    plots = [];
    palette = {};
    home.replaceChildren();
    const zone = choices[chosen.selectedIndex] ?? TOTAL;
    if (compared) {
      runs.forEach((run) => drawNodes(run, zone));
      FIGURES.forEach((what) => drawCompared(what, zone));
    } else if (zone === EACH) {
      drawByZone(runs[0], {name: 'unknown', title: 'Nodes Unknown', zero: true, wide: true});
      FIGURES.forEach((what) => drawByZone(runs[0], what));
    } else {
      drawNodes(runs[0], zone);
      FIGURES.forEach((what) => drawFigure(runs[0], what, zone));
    }
    document.body.dataset.charts = plots.length;
  }

  function offerZones() {
    const zones = [...new Set(runs.flatMap((run) => run.zones))];
    const offer = (choice, text) => {
      choices.push(choice);
      element(chosen, 'option', text);
    };
    offer(TOTAL, 'all, in total');
    if (!compared && zones.length > 1) {
      offer(EACH, 'all, a line for each');
    }
    if (zones.length > 1) {
      zones.forEach((zone) => offer(zone, zone));
    }
  }

  function listMarks() {
    const list = document.getElementById('marks');
    runs[0].marks.forEach((mark, i) => {
      const item = element(list, 'li', '');
      element(item, 'b', i + 1);
      element(item, 'time', clock(mark.at, true));
      item.append(mark.text);
    });
  }

  function fitWidth() {
    plots.forEach(({plot, box}) => {
      const width = box.clientWidth - 26;
      if (width > 0 && width !== plot.width) {
        plot.setSize({width, height: plot.height});
      }
    });
  }

  offerZones();
  listMarks();
  drawAll();
  chosen.addEventListener('change', drawAll);
  window.addEventListener('resize', fitWidth);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  window.addEventListener('beforeprint', () => {
    document.documentElement.dataset.theme = 'light';
    drawAll();
  });
  window.addEventListener('afterprint', () => {
    delete document.documentElement.dataset.theme;
    drawAll();
  });
})();
