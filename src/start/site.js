// Starts the app from the release build. A page that was prerendered stays readable whatever happens here, so a browser
// without WebAssembly, or a file that did not arrive, is worth a line in the console and nothing on the page.

import init from "./glue.js";
import { fetchMain } from "./parts.js";

async function start() {
  if (typeof WebAssembly !== "object") return;
  try {
    await init({ module_or_path: fetchMain() });
  } catch (error) {
    console.info("Afterword: the app did not start; the page stays as it is.", error);
  }
}

/** Settled when the app has started, or will not. */
export const ready = start();

/** For other pages: see `mount_thread` in src/app.rs. To be called once `ready` has settled. */
export { mountThread } from "./glue.js";
