// Runs in every page before its own scripts. Watches for the moments that are measured, and holds the page's later work
// (timers, idle callbacks, answers to requests) at such a moment until the CPU counter has been read: otherwise the
// page would go on, and what comes after the moment would be counted with it.
(() => {
  const DEADLINE_MILLIS = 200;
  const setTimer = window.setTimeout.bind(window);
  const setIdle = window.requestIdleCallback.bind(window);
  const request = window.fetch.bind(window);
  let held = null;
  let pending = 0;

  // Each kind of timer: what is started is pending until it has run or is cancelled. Work that is put off by other means
  // (`scheduler`, message channels) would be neither held nor waited for; the app uses none.
  const track = (start, cancel) => {
    const waiting = new Set();
    return {
      start(callback, ...rest) {
        const id = start((...values) => {
          const work = () => {
            // Cancelled while it was held.
            if (!waiting.delete(id)) return;
            pending -= 1;
            callback(...values);
          };
          if (held) held.push(work);
          else work();
        }, ...rest);
        waiting.add(id);
        pending += 1;
        return id;
      },
      cancel(id) {
        if (waiting.delete(id)) pending -= 1;
        cancel(id);
      },
    };
  };
  const timers = track(setTimer, clearTimeout.bind(window));
  const idles = track(setIdle, cancelIdleCallback.bind(window));
  window.setTimeout = (callback, delay, ...values) =>
    // Long timers are deadlines, and mean no work.
    delay >= DEADLINE_MILLIS ? setTimer(callback, delay, ...values) : timers.start(() => callback(...values), delay);
  window.clearTimeout = timers.cancel;
  window.requestIdleCallback = idles.start;
  window.cancelIdleCallback = idles.cancel;
  window.fetch = async (...words) => {
    pending += 1;
    try {
      const response = await request(...words);
      if (held) await new Promise((go) => held.push(go));
      return response;
    } finally {
      pending -= 1;
    }
  };

  // The module's memory, which belongs to no heap that the browser tells of.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const made = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...words) => {
      const result = await made(...words);
      const { exports } = result.instance ?? result;
      for (const one of Object.values(exports)) if (one instanceof WebAssembly.Memory) memories.add(one);
      return result;
    };
  }

  const afterPaint = () =>
    new Promise((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(0);
    }));
  const wait = (millis) => new Promise((resolve) => setTimer(resolve, millis));
  const rowOnScreen = () => document.querySelector(".thread-rows .comment")?.getClientRects().length > 0;
  let shift = 0;
  new PerformanceObserver((found) => {
    for (const entry of found.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  const bench = {
    /** The first comment has a box, and the frame with it is painted. Later work is then held. */
    async first() {
      while (!rowOnScreen()) await new Promise(requestAnimationFrame);
      held ??= [];
      await afterPaint();
      return true;
    },
    release() {
      const works = held ?? [];
      held = null;
      for (const work of works) work();
    },
    /** The app has taken the page over. */
    async ready() {
      while (!document.documentElement?.classList.contains("app-ready")) await wait(5);
      return performance.now();
    },
    /** All rows are there (the app says so by a class), and nothing more is to be done. Looks at nothing that costs. */
    async settled(app) {
      const there = () => !app || document.documentElement.classList.contains("app-complete");
      for (let quiet = 0; quiet < 3; quiet = there() && pending === 0 ? quiet + 1 : 0) await wait(40);
      await afterPaint();
      await afterPaint();
    },
    toThread: () => document.querySelector(".thread").scrollIntoView({ behavior: "instant" }),
    /** Chooses another order. What is not done at once for the reader's screen is held. */
    async reorder(order) {
      const select = document.querySelector(".thread .order-select");
      held = [];
      select.value = order;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await afterPaint();
      await afterPaint();
    },
    onScreen() {
      const ids = new Set();
      for (let y = 0; y < innerHeight; y += 20) {
        const row = document.elementFromPoint(innerWidth / 2, y)?.closest(".comment");
        if (row) ids.add(row.id);
      }
      return [...ids];
    },
    order: () => [...document.getElementsByClassName("comment")].map((row) => row.id),
    /** A plain textarea where a composer would stand. There is none yet in the app; both pages get the same. */
    addTextarea() {
      const area = document.createElement("textarea");
      document.querySelector(".thread-rows").before(area);
      area.focus();
    },
    afterPaint,
    moduleBytes: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    shift: () => shift,
  };
  window.afterwordBench = bench;
  bench.firstSeen = STOP_AT_FIRST ? bench.first() : undefined;
})();
