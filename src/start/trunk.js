// Starts the app from what Trunk built; the release build has its own start in site.js. Trunk writes the hashed names into
// this script's address (`pattern_script` in Trunk.toml), so nothing has to be inline.

const names = new URL(import.meta.url).searchParams;
const beside = (name) => new URL(names.get(name), import.meta.url);

// The preload that Trunk writes into the page knows the module's integrity.
function fetchModule() {
  const address = beside("wasm");
  const preload = [...document.querySelectorAll("link[rel=preload]")].find((link) => link.href === address.href);
  return fetch(address, { integrity: preload?.integrity ?? "" });
}

async function start() {
  if (typeof WebAssembly !== "object") return;
  try {
    const { default: init } = await import(beside("glue").href);
    await init({ module_or_path: fetchModule() });
  } catch (error) {
    console.info("Afterword: the app did not start; the page stays as it is.", error);
  }
}

start();
