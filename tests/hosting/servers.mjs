// nginx and Caddy as people run them, with the example configurations of docs/hosting: each on a free port, in one
// process, without root, with its files in a folder that is gone afterwards.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The content of the demo blog. */
export const DEMO = join(REPOSITORY, "public/content");
const EXAMPLES = join(REPOSITORY, "docs/hosting");
/** Where the set-up puts the servers. */
const TOOLS = process.env.AFTERWORD_HOSTS ?? join(REPOSITORY, "target/tools/hosts");

/** How long a server may take to begin, in milliseconds, and how often we look. */
const BEGIN = 10_000;
const LOOK = 20;
/** A free port can be taken by somebody else before the server has it. */
const TRIES = 3;

/** A file that the set-up has laid down. */
function tool(path) {
  const found = join(TOOLS, path);
  if (!existsSync(found)) {
    throw new Error(`${found} is missing; \`cargo xtask setup --tests\` fetches nginx and Caddy from Debian`);
  }
  return found;
}

/** Changes an example where its reader would; a place that is not there is an error. */
function edited(text, edits) {
  let changed = text;
  for (const [from, to] of edits) {
    if (!changed.includes(from)) throw new Error(`the example does not say ${JSON.stringify(from)} any more`);
    changed = changed.replaceAll(from, to);
  }
  return changed;
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A server that runs: what is asked of it, and the addresses of a site below its base. */
class Host {
  constructor(name, port, base) {
    this.name = name;
    this.base = base;
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** The address of a page or file; `path` begins with a slash, below the base. */
  url(path) {
    return this.origin + this.base + path.slice(1);
  }

  /** Asks for a file of the site, and takes the answer as it comes: nothing is unpacked, no redirect followed. */
  ask(path, options) {
    return ask(this.url(path), options);
  }
}

/** One request and its answer. */
export function ask(url, { method = "GET", headers = {} } = {}) {
  return new Promise((answered, failed) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", failed);
      response.on("end", () => {
        answered({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    asked.on("error", failed);
    asked.end();
  });
}

/** Starts a program and waits until it answers at `port`; it ends with the tests of `t`. */
async function begin(t, port, program, args, options) {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  let ended = false;
  const end = new Promise((gone) => {
    child.on("error", (error) => said.push(String(error)));
    child.on("close", () => {
      ended = true;
      gone();
    });
  });
  t.after(async () => {
    child.kill("SIGTERM");
    await end;
  });
  for (let waited = 0; waited < BEGIN && !ended; waited += LOOK) {
    const answer = await ask(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer && !ended) return;
    await new Promise((later) => setTimeout(later, LOOK));
  }
  throw new Error(`${program} did not begin: ${said.join("")}`);
}

async function withPort(start) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === TRIES || !/in use/i.test(String(error))) throw error;
    }
  }
}

/** nginx, with a site at the root (`www` is its folder) or below /blog/ (`www` is the folder above). */
export async function nginx(t, { www, base, scratch }) {
  const [example, name, root] =
    base === "/"
      ? ["nginx.conf", "blog.example", "/var/www/blog"]
      : ["nginx-sub-path.conf", "you.example", "/var/www/you"];
  const module = tool("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
  const program = tool("usr/sbin/nginx");
  return withPort(async (port) => {
    const folder = join(scratch, `nginx-${port}`);
    await mkdir(folder, { recursive: true });
    const site = edited(await readFile(join(EXAMPLES, example), "utf8"), [
      [root, www],
      ["listen 80;", `listen 127.0.0.1:${port};`],
      [`server_name ${name};`, "server_name localhost;"],
    ]);
    await writeFile(join(folder, "site.conf"), site);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    // What /etc/nginx/nginx.conf says around a site, in a folder of our own. One process: nobody to hand files to.
    const around = [
      `load_module ${module};`,
      "daemon off;",
      "master_process off;",
      `pid ${folder}/pid;`,
      "events {}",
      "http {",
      "access_log off;",
      "sendfile on;",
      "gzip on;",
      ...temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`),
      `include ${folder}/site.conf;`,
      "}",
    ];
    await writeFile(join(folder, "nginx.conf"), around.join("\n"));
    await begin(t, port, program, ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")]);
    return new Host("nginx", port, base);
  });
}

/** Caddy, with a site at the root (`www` is its folder) or below /blog/ (`www` is the folder above). */
export async function caddy(t, { www, base, scratch }) {
  const [example, name, root] =
    base === "/"
      ? ["Caddyfile", "blog.example", "/var/www/blog"]
      : ["Caddyfile-sub-path", "you.example", "/var/www/you"];
  const program = tool("usr/bin/caddy");
  return withPort(async (port) => {
    const folder = join(scratch, `caddy-${port}`);
    await mkdir(folder, { recursive: true });
    const site = edited(await readFile(join(EXAMPLES, example), "utf8"), [
      [root, www],
      [`\n${name} {`, `\nhttp://127.0.0.1:${port} {`],
    ]);
    await writeFile(join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    await begin(t, port, program, ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"], { env });
    return new Host("Caddy", port, base);
  });
}
