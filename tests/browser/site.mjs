// Sites to read: a folder on a web server that can be told to fail. A plain static host: no rewrite rules, and 404.html
// with status 404 for what is missing.

import { createServer } from "node:http";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

function fromEnvironment(name, what) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set (${what}); \`cargo xtask test\` sets it`);
  return value;
}

/** What `cargo xtask test` has built. */
export const built = {
  /** The demo blog. */
  get dist() {
    return fromEnvironment("AFTERWORD_DIST", "the folder with the built demo blog");
  },
  /** What Trunk made of the same sources. */
  get trunk() {
    return fromEnvironment("AFTERWORD_TRUNK_DIST", "the folder that `trunk build` wrote");
  },
  /** The program `afterword`. */
  get program() {
    return fromEnvironment("AFTERWORD_BIN", "the program `afterword`");
  },
  /** The app's files, for more sites. */
  get bundle() {
    return fromEnvironment("AFTERWORD_BUNDLE", "the folder with the app's files");
  },
};

/** The demo posts and their addresses. */
export const FLAT = "/posts/the-bench-that-squeaks/";
export const NESTED = "/posts/twelve-things-in-my-drawer/";
export const SILENT = "/posts/nothing-broke-this-week/";

/** The policy of the site, as a host may send it along with each answer. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** Runs the program `afterword`; gives what it printed. */
export async function afterword(...args) {
  const { stdout, stderr } = await run(built.program, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout + stderr;
}

/** A folder that is gone after the tests of this file. */
export async function folder(t) {
  const path = await mkdtemp(join(tmpdir(), "afterword-test-"));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Builds a content folder into a site. */
export async function build(content, out, ...more) {
  await afterword("build", "--content", content, "--bundle", built.bundle, "--out", out, ...more);
  return out;
}

/** A web server for one folder. */
export class Site {
  /** All requests so far: paths below the base. */
  requests = [];
  #folder;
  #base;
  #headers;
  #server;
  #laid = new Map();
  #answers = [];

  constructor(folder, { base = "/", policy } = {}) {
    this.#folder = folder;
    this.#base = base;
    this.#headers = { "cache-control": "no-cache", "x-content-type-options": "nosniff" };
    if (policy) this.#headers["content-security-policy"] = policy;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** Starts a server, which ends with the tests of the file (or the test) `t`. */
  static async serve(t, folder, options) {
    const site = new Site(folder, options);
    await new Promise((ready) => site.#server.listen(0, "127.0.0.1", ready));
    t.after(() => site.close());
    return site;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** The address of a page or file; `path` begins with a slash, below the base. */
  url(path) {
    return this.origin + this.#base + path.slice(1);
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(closed));
  }

  /** Lays a file on the host, beside or over what is in the folder. */
  lay(path, body) {
    const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    this.#laid.set(path, Buffer.from(bytes));
  }

  /** Answers requests for a path (or a pattern of them) by a function, until the given function is called. */
  answer(path, reply) {
    const entry = { matches: (asked) => (path instanceof RegExp ? path.test(asked) : path === asked), reply };
    this.#answers.unshift(entry);
    return () => {
      this.#answers = this.#answers.filter((other) => other !== entry);
    };
  }

  /** Keeps the answers to a path back until the given function is called. */
  hold(path) {
    let release;
    const released = new Promise((resolve) => {
      release = resolve;
    });
    const end = this.answer(path, async (request, response, asked) => {
      await released;
      await this.#file(asked, response);
    });
    return () => {
      end();
      release();
    };
  }

  /** How many requests were made for paths that match. */
  count(pattern) {
    return this.requests.filter((path) => pattern.test(path)).length;
  }

  /** The bytes of a file of this site. */
  async bytes(path) {
    return this.#laid.get(path) ?? readFile(join(this.#folder, path));
  }

  async #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, this.origin).pathname);
    response.on("error", () => {});
    if (!path.startsWith(this.#base)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("outside of the site");
      return;
    }
    const asked = normalize(`/${path.slice(this.#base.length)}`);
    this.requests.push(asked);
    const special = this.#answers.find((entry) => entry.matches(asked));
    try {
      await (special ? special.reply(request, response, asked) : this.#file(asked, response));
    } catch (error) {
      response.destroy(error);
    }
  }

  async #file(asked, response) {
    const file = asked.endsWith("/") ? `${asked}index.html` : asked;
    const laid = this.#laid.get(file);
    if (laid) return this.#send(response, 200, file, laid);
    const path = join(this.#folder, file);
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) return this.#send(response, 200, file, await readFile(path));
    if (found?.isDirectory()) {
      response.writeHead(301, { location: `${this.#base}${asked.slice(1)}/` }).end();
      return undefined;
    }
    const missing = await readFile(join(this.#folder, "404.html")).catch(() => Buffer.from("nothing here"));
    return this.#send(response, 404, "/404.html", missing);
  }

  #send(response, status, name, bytes) {
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    response.writeHead(status, { ...this.#headers, "content-type": type, "content-length": bytes.length }).end(bytes);
  }
}

// Ways to fail, for `Site.answer`.

/** An answer with this status. */
export const status =
  (code, headers = {}) =>
  (_request, response) => {
    response.writeHead(code, { "content-type": "text/plain", ...headers }).end("no");
  };

/** The connection breaks before anything is said. */
export const reset = (request) => request.socket.resetAndDestroy();

/** What a single-page fallback, a hotel's login page or a proxy answers for a file. */
export const webPage = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Welcome to our Wi-Fi</title>");
};

/** The file, whole as HTTP goes, but with only its first bytes. */
export const cutTo = (bytes, length) => (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(bytes.subarray(0, length));
};

/** The connection breaks in the middle of the file. */
export const breakAfter = (bytes, length) => (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
  response.write(bytes.subarray(0, length), () => request.socket.destroy());
};
