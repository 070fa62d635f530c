// A real server of Isso on a free port of this computer, with its data in a folder that is gone afterwards.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Cargo's target folder: where the bundle of the tests lies, if the set-up did not say more. */
const TARGET = process.env.AFTERWORD_BUNDLE ? dirname(process.env.AFTERWORD_BUNDLE) : join(REPOSITORY, "target");
const SERVERS = process.env.AFTERWORD_SERVERS ?? join(TARGET, "servers");
/** The adapters as a program: see crates/afterword-adapters/examples/wire.rs. */
const WIRE = process.env.AFTERWORD_WIRE ?? join(TARGET, "debug/examples/wire");

/** How long a server may take to begin and to end, in milliseconds, and how often we look. */
const BEGIN = 30_000;
const END = 5_000;
const LOOK = 50;

function laidDown(path, fix) {
  if (!existsSync(path)) throw new Error(`${path} is missing; ${fix}`);
  return path;
}

const sleep = (millis) => new Promise((awake) => setTimeout(awake, millis));

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * The configuration. `hosts` are the origins of the pages that may ask; `moderate` holds every comment; `guard` is an
 * object of what the guard is to do (`ratelimit`, `direct-reply`, `reply-to-self`, `require-author`, `require-email`);
 * `maxAge` is how long a comment can be changed.
 */
function configuration({ folder, port, hosts, moderate = false, guard, maxAge = "15m" }) {
  const rules = { ratelimit: 1000, "direct-reply": 1000, "reply-to-self": true, ...guard };
  return `[general]
dbpath = ${join(folder, "comments.db")}
host =
${hosts.map((host) => `    ${host}`).join("\n")}
max-age = ${maxAge}
notify = stdout
[moderation]
enabled = ${moderate}
[server]
listen = http://127.0.0.1:${port}
# Votes and the guard go by address: the tests are several readers by this header.
trusted-proxies = 127.0.0.1
[guard]
enabled = ${guard !== undefined}
${Object.entries(rules)
  .map(([name, value]) => `${name} = ${value}`)
  .join("\n")}
`;
}

/** One request and its answer. */
export function ask(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((answered, failed) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", failed);
      response.on("end", () => {
        answered({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.on("error", failed);
    asked.end(body);
  });
}

/** A server of Isso. */
export class Isso {
  #folder;
  #port;
  #options;
  #child;
  #said = [];

  constructor(folder, port) {
    this.#folder = folder;
    this.#port = port;
  }

  /** A port and a folder for a server that is to be started later; both end with the tests of `t`. */
  static async reserve(t) {
    const folder = await mkdtemp(join(tmpdir(), "afterword-isso-"));
    const isso = new Isso(folder, await freePort());
    t.after(async () => {
      await isso.stop();
      await rm(folder, { recursive: true, force: true });
    });
    return isso;
  }

  /** A server that runs until the end of the tests of `t`. */
  static async serve(t, options) {
    const isso = await Isso.reserve(t);
    await isso.start(options);
    return isso;
  }

  /** Its address, with a closing slash. */
  get endpoint() {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Starts it, or starts it again with the same options and data. */
  async start(options = this.#options) {
    this.#options = options;
    const program = laidDown(join(SERVERS, "isso/bin/isso"), "`cargo xtask setup --tests` installs Isso");
    const file = join(this.#folder, "isso.cfg");
    await writeFile(file, configuration({ folder: this.#folder, port: this.#port, ...options }));
    const child = spawn(program, ["-c", file, "run"], { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.#said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => this.#said.push(chunk));
    child.ended = new Promise((gone) => {
      child.on("error", (error) => this.#said.push(String(error)));
      child.on("close", () => gone(true));
    });
    const last = Date.now() + BEGIN;
    for (;;) {
      const answer = await ask(`${this.endpoint}config`).catch(() => null);
      if (answer?.status === 200) return;
      const over = await Promise.race([child.ended, sleep(LOOK)]);
      if (over || Date.now() > last) throw new Error(`Isso did not start: ${this.#said.join("")}`);
    }
  }

  /** Ends it; its data stay. */
  async stop() {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    child.kill("SIGTERM");
    if (!(await Promise.race([child.ended, sleep(END)]))) {
      child.kill("SIGKILL");
      await child.ended;
    }
  }

  /** Runs Python with the data open as `db` (sqlite3): for what would take thousands of requests. */
  async data(program) {
    const python = laidDown(join(SERVERS, "isso/bin/python"), "`cargo xtask setup --tests` installs Isso");
    const whole = `import sqlite3\ndb = sqlite3.connect(${JSON.stringify(join(this.#folder, "comments.db"))})\n${program}\ndb.commit()\n`;
    const child = spawn(python, ["-c", whole], { stdio: ["ignore", "inherit", "inherit"] });
    const code = await new Promise((ended) => child.on("close", ended));
    if (code !== 0) throw new Error(`Python ended with ${code}`);
  }
}

/** Somebody with a browser's cookies who asks a server through the adapters. */
export class Visitor {
  /** The cookies of the server by name. */
  cookies = new Map();
  #wire;
  #lines = [];
  #awaited = [];
  #post;
  #headers;

  constructor(t, { endpoint, origin, post = "posts/talk/", address = "10.0.0.1" }) {
    laidDown(WIRE, "`cargo build -p afterword-adapters --example wire` builds it");
    this.#post = post;
    this.#headers = { origin, "x-forwarded-for": address };
    this.#wire = spawn(WIRE, ["isso", endpoint, `${origin}/`], { stdio: ["pipe", "pipe", "inherit"] });
    let rest = "";
    // Else a letter of several bytes may be cut in two.
    this.#wire.stdout.setEncoding("utf8");
    this.#wire.stdout.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) this.#awaited.shift()(JSON.parse(line));
    });
    t.after(() => {
      this.#wire.stdin.end();
    });
  }

  #told(order) {
    return new Promise((said) => {
      this.#awaited.push(said);
      this.#wire.stdin.write(`${JSON.stringify(order)}\n`);
    });
  }

  /**
   * Does something, and gives what became of it. `change` may change the request, as a broken or older client would.
   */
  async does(what, order = {}, change = (asked) => asked) {
    const whole = { do: what, post: this.#post, title: "Talk", ...order };
    const said = await this.#told(whole);
    if (said === null || said.refused || said.error || said.text !== undefined) return said;
    const asked = change(said);
    const headers = { ...this.#headers, ...asked.headers };
    if (asked.credentials && this.cookies.size > 0) {
      headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    }
    const answer = await ask(asked.url, { ...asked, headers, body: asked.body ?? undefined });
    if (asked.credentials) this.#keep(answer.headers["set-cookie"] ?? []);
    const response = {
      status: answer.status,
      content_type: answer.headers["content-type"],
      retry_after: answer.headers["retry-after"],
      body: answer.body,
    };
    return this.#told({ ...whole, response });
  }

  #keep(set) {
    for (const line of set) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
  }

  /** All comments of the post, page by page. */
  async list(form = "shown") {
    const comments = [];
    const wanted = [{}];
    for (let pages = 0; wanted.length > 0; pages += 1) {
      if (pages > 100) throw new Error("the list does not end");
      const page = await this.does("list", { form, ...wanted.shift() });
      if (page.error) throw new Error(page.error);
      comments.push(...page.comments);
      wanted.push(...page.more);
      this.last = page;
    }
    return comments;
  }

  /** Writes a comment that must be taken, and gives it. */
  async writes(text, order = {}) {
    const { published, ...other } = await this.does("letter", { text, name: "Ann", ...order });
    if (!published) throw new Error(`not published: ${JSON.stringify(other)}`);
    return published;
  }
}
