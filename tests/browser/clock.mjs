// A clock for tests that have to do with minutes.

import { day } from "./content.mjs";

/** The reader's clock goes as fast as the test wants. */
export const withClock = async (reader) => {
  await reader.page.clock.install({ time: day(22) });
  await reader.page.addInitScript(smallHandles);
};

/** The test's clock hands out numbers beyond 32 bits for its timers, which no browser does. */
function smallHandles() {
  const handles = new Map();
  for (const [set, clear] of [
    ["setTimeout", "clearTimeout"],
    ["setInterval", "clearInterval"],
  ]) {
    const [start, end] = [window[set], window[clear]];
    window[set] = (...given) => {
      handles.set(handles.size + 1, start(...given));
      return handles.size;
    };
    window[clear] = (handle) => end(handles.get(handle) ?? handle);
  }
}
