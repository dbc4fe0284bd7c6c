/* Stopwatches in the page that is measured; bench/stage.py puts them there before anything else runs. */
"use strict";
window.stopwatch = (() => {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });

  /** When the first picture of a graph stood on the screen. */
  let pictured = null;
  const seen = () => document.querySelector('#stage svg [data-node], #stage[data-painted="true"]');
  const observer = new MutationObserver(() => {
    if (!seen()) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { pictured = performance.now(); }));
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-painted"] });

  const frame = () => new Promise(requestAnimationFrame);
  const timeline = () => document.querySelector("[data-timeline]");
  const button = (name) => [...document.querySelectorAll(".buttons button")].find((b) => b.textContent.trim() === name);

  /** The longest task that began in a span of time, in milliseconds; 0 where none took 50. */
  const longest = (from, to = Infinity) =>
    Math.max(0, ...tasks.filter((t) => t.startTime + t.duration > from && t.startTime < to).map((t) => t.duration));

  /** From the last byte of the answer to the first picture. */
  function firstPicture() {
    const answers = performance.getEntriesByType("resource").filter((r) => /\/graphs?(\?|$)/.test(r.name));
    const { responseEnd } = answers[0];
    return { wait: pictured - responseEnd, longest: longest(responseEnd, pictured) };
  }

  /** Play whole passes, each so many seconds long, one after the other. */
  async function play(seconds, length) {
    const speed = document.querySelector(".speed select");
    const steps = Number(timeline().max);
    speed.add(new Option("", String(1 / (length * Math.max(1 / 1.3, steps / 60) / steps))));
    speed.selectedIndex = speed.options.length - 1;
    speed.dispatchEvent(new Event("change"));
    button("Restart").click();
    button("Play").click();
    const gaps = [];
    const began = performance.now();
    for (let last = 0; performance.now() - began < 1000 * seconds; ) {
      const time = await frame();
      if (button("Play")) {
        button("Restart").click();
        button("Play").click();
        last = 0;
        continue;
      }
      // Only pictures of a pass that plays count, not those of its end and its start.
      if (last) gaps.push(time - last);
      last = Number(timeline().value) > 0 ? time : 0;
    }
    button("Pause")?.click();
    const whole = gaps.reduce((a, b) => a + b, 0);
    // A picture that takes longer than a whole pass leaves none to count.
    return { rate: whole ? (1000 * gaps.length) / whole : 0, longest: Math.max(0, ...gaps) };
  }

  /** Drag the playhead: one position in each picture of the screen. */
  async function scrub(count) {
    const line = timeline();
    const began = performance.now();
    let own = 0;
    for (let i = 0; i < count; i += 1) {
      line.value = String(Math.round((Math.abs(Math.sin(i / 9)) * Number(line.max))));
      const from = performance.now();
      line.dispatchEvent(new Event("input"));
      own += performance.now() - from;
      await frame();
    }
    const now = performance.now();
    return { rate: (1000 * count) / (now - began), own: own / count, longest: longest(began, now) };
  }

  /** As many rectangles and curves on a canvas of the same size, and nothing else: a share of them in each picture. */
  async function bare(seconds, share, base, request) {
    const { composed, arranged } = await import(`${base}/stage/scene.js`);
    const answer = await fetch("/api/v1/graphs", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) });
    const graph = await answer.json();
    const area = document.querySelector("#stage-area");
    const room = { w: area.clientWidth - 1, h: area.clientHeight, look: "desk" };
    composed(graph, room);
    await arranged();
    const { rects, routes, world } = composed(graph, room);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: room.w, height: room.h });
    document.querySelector("#stage").append(canvas);
    const pen = canvas.getContext("2d");
    const zoom = Math.min(room.w / world.w, room.h / world.h);
    pen.fillStyle = pen.strokeStyle = "#005a9c";
    const part = (list, at) => {
      const size = Math.max(1, Math.round(list.length * share));
      const from = Math.floor(at * (list.length - size + 1)) % list.length;
      return list.slice(from, from + size);
    };
    const draw = (at) => {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, room.w, room.h);
      pen.setTransform(zoom, 0, 0, zoom, -world.x * zoom, -world.y * zoom);
      pen.lineWidth = 1.2 / zoom;
      pen.beginPath();
      for (const { stops } of part(routes, at)) {
        pen.moveTo(stops[0].x, stops[0].y);
        for (let i = 1; i < stops.length; i += 1) pen.lineTo(stops[i].x, stops[i].y);
      }
      pen.stroke();
      pen.beginPath();
      for (const r of part(rects, at)) pen.rect(r.x, r.y, r.w, r.h);
      pen.fill();
    };
    const began = await frame();
    for (let frames = 1; ; frames += 1) {
      draw((frames % 60) / 60);
      const time = await frame();
      if (time - began > 1000 * seconds) {
        canvas.remove();
        return { rate: (1000 * frames) / (time - began) };
      }
    }
  }

  return { firstPicture, play, scrub, bare, longest };
})();
