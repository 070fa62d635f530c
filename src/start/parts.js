// The release build's loader of WebAssembly parts. `cargo xtask` lays this file, `glue.js` (written by wasm-bindgen) and
// `files.js` (hashed names and integrity of what it built) side by side, and makes one script of them.
//
// What a part needs are the exports of the main module; what it gives goes into the table of functions that they share.

import { main, parts } from "./files.js";
import { initSync } from "./glue.js";

const loading = new Map();

// The hash in a file's name is the beginning of its integrity (`sha256-` and the whole hash in base 64), in base 16.
function nameOf({ stem, integrity }) {
  const bytes = [...atob(integrity.slice(7))].slice(0, 6);
  return `${stem}-${bytes.map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("")}.wasm`;
}

// Files lie beside this script, whatever page it runs in; the browser refuses bytes that do not match the integrity.
async function fetchFile({ stem, integrity }) {
  const file = nameOf({ stem, integrity });
  const response = await fetch(new URL(file, import.meta.url), { integrity });
  if (!response.ok) throw new Error(`${file}: status ${response.status}`);
  return response;
}

/** The response of the main module, for the glue to instantiate. */
export const fetchMain = () => fetchFile(main);

// Hosts that serve .wasm under another content type are common; streaming refuses those, so they are read whole.
async function instantiate(file, before) {
  const response = await fetchFile(file);
  await before;
  const imports = { __wasm_split: initSync() };
  return response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

// Only successes are kept: one lost connection must not break a part for the rest of the visit.
function loadOnce(file, before) {
  let load = loading.get(file.integrity);
  if (load === undefined) {
    load = instantiate(file, before);
    loading.set(file.integrity, load);
    load.catch(() => loading.delete(file.integrity));
  }
  return load;
}

// A part comes after what it shares with other parts; all of it is fetched at once.
async function load(name) {
  const [shared, own] = parts[name];
  const before = Promise.all(shared.map((file) => loadOnce(file)));
  await Promise.all([before, ...own.map((file) => loadOnce(file, before))]);
}

/** What the main module calls before a function of the part `name`: tells `callback`, an index into the table, how it went. */
export function loaderOf(name) {
  return async (callback, data) => {
    let loaded = false;
    try {
      await load(name);
      loaded = true;
    } catch (error) {
      console.info(`Afterword: the part "${name}" did not load.`, error);
    }
    initSync().__indirect_function_table.get(callback)(data, loaded);
  };
}
