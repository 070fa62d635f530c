// A server that speaks Isso's language on a real socket, writes down every request, and can be told to fail: before it
// stores what was sent, or behind it.

import { createServer } from "node:http";

/** How the answer to a comment that is sent can go wrong. Each gets the request, the answer, and `store`. */
export const faults = {
  /** The connection breaks before anything is stored. */
  reset: ({ request }) => request.socket.resetAndDestroy(),
  /** The comment is stored, and the connection breaks. */
  lost: ({ request, store }) => {
    store();
    request.socket.resetAndDestroy();
  },
  /** Nothing is stored, and nothing is ever said. */
  silent: () => {},
  /** The comment is stored, and nothing is ever said. */
  silentAfter: ({ store }) => {
    store();
  },
  /** The comment is stored, and the answer is cut off. */
  truncated: ({ request, response, store, headers }) => {
    const body = JSON.stringify(store());
    response.writeHead(201, { ...headers, "content-type": "application/json", "content-length": body.length });
    response.write(body.slice(0, 20), () => setTimeout(() => request.socket.destroy(), 100));
  },
  /** The comment is stored, and a proxy answers with a page of its own. */
  page: ({ response, store, headers }) => {
    store();
    response.writeHead(200, { ...headers, "content-type": "text/html" }).end("<!doctype html><title>Welcome</title>");
  },
  /** The comment is stored, and the server fails behind that. */
  failedAfter: ({ response, store, headers }) => {
    store();
    response.writeHead(500, { ...headers, "content-type": "text/html" }).end("<p>Internal Server Error</p>");
  },
  /** The server fails, and nothing is stored. */
  failed: ({ response, headers }) => {
    response.writeHead(500, { ...headers, "content-type": "text/html" }).end("<p>Internal Server Error</p>");
  },
  /** The server is not well, and says so. */
  unwell: ({ response, headers }) => {
    response.writeHead(503, { ...headers, "content-type": "text/html" }).end("<p>Service Unavailable</p>");
  },
  /** The request is led to another place, which would take it. */
  redirect: ({ response, headers, server }) => {
    response.writeHead(307, { ...headers, location: `${server.endpoint}elsewhere` }).end();
  },
  refused: (code, words, more = {}) =>
    function refused({ response, headers }) {
      const body = `<!doctype html>\n<html lang=en>\n<title>${code}</title>\n<h1>No</h1>\n<p>${words}</p>\n`;
      response.writeHead(code, { ...headers, ...more, "content-type": "text/html; charset=utf-8" }).end(body);
    },
};

export class Server {
  /** All requests so far: method and path with query. */
  requests = [];
  /** What was stored, in order. */
  stored = [];
  /** The faults of the next comments that are sent, in order; then it works. */
  next = [];
  /** Whether comments wait for approval. */
  moderates = false;
  /** How long it thinks before it stores a comment, in milliseconds. */
  thinks = 0;
  #server;

  static async start(t) {
    const server = new Server();
    server.#server = createServer((request, response) => server.#answer(request, response));
    await new Promise((ready) => server.#server.listen(0, "127.0.0.1", ready));
    t.after(() => {
      server.#server.closeAllConnections();
      return new Promise((closed) => server.#server.close(closed));
    });
    return server;
  }

  get endpoint() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  /** The texts of all that was stored. */
  texts() {
    return this.stored.map((comment) => comment.source);
  }

  /** How often a comment was sent. */
  sends() {
    return this.requests.filter((request) => request.startsWith("POST /new")).length;
  }

  /** Approves all comments that wait. */
  approve() {
    for (const comment of this.stored) comment.mode = 1;
  }

  async #answer(request, response) {
    response.on("error", () => {});
    request.on("error", () => {});
    const url = new URL(request.url, this.endpoint);
    const headers = {
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "HEAD, GET, POST, PUT, DELETE",
      "access-control-allow-headers": "Origin, Referer, Content-Type",
      "access-control-expose-headers": "X-Set-Cookie, Date, Retry-After",
    };
    if (request.method === "OPTIONS") {
      response.writeHead(200, headers).end();
      return;
    }
    this.requests.push(`${request.method} ${request.url}`);
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const json = (status, value) =>
      response.writeHead(status, { ...headers, "content-type": "application/json" }).end(JSON.stringify(value));
    if (url.pathname === "/new") {
      const sent = JSON.parse(body);
      const store = () => this.#store(sent, url.searchParams.get("uri"));
      const fault = this.next.shift();
      if (fault) {
        fault({ request, response, headers, store, server: this });
        return;
      }
      if (this.thinks > 0) await new Promise((passed) => setTimeout(passed, this.thinks));
      json(this.moderates ? 202 : 201, this.#shown(store(), false));
    } else if (url.pathname === "/count") {
      json(200, JSON.parse(body).map((uri) => this.#of(uri).length));
    } else if (url.pathname === "/") {
      json(200, this.#list(url.searchParams));
    } else {
      response.writeHead(404, { ...headers, "content-type": "text/html" }).end("<p>not here</p>");
    }
  }

  #of(uri) {
    return this.stored.filter((comment) => comment.uri === uri && comment.mode === 1);
  }

  #store(sent, uri) {
    const comment = {
      id: this.stored.length + 1,
      uri,
      parent: this.stored.find(({ id }) => id === sent.parent)?.id ?? null,
      created: Date.now() / 1000,
      mode: this.moderates ? 2 : 1,
      source: sent.text,
      author: sent.author,
      website: sent.website,
    };
    this.stored.push(comment);
    return comment;
  }

  #shown({ id, parent, created, mode, source, author, website }, plain) {
    const escaped = source.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const text = plain ? source : `<p>${escaped.replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")}</p>`;
    const more = { modified: null, likes: 0, dislikes: 0, notification: null, hash: "0123456789ab" };
    return { id, parent, created, mode, text, author, website, ...more };
  }

  #list(query) {
    const plain = query.get("plain") === "1";
    const comments = this.#of(query.get("uri"));
    const offset = Number(query.get("offset") ?? 0);
    const config = { "reply-to-self": false, "require-email": false, "require-author": false, gravatar: false };
    const answers = (root) => comments.filter(({ parent }) => parent === root).map((one) => this.#shown(one, plain));
    if (query.has("parent")) {
      const root = Number(query.get("parent"));
      return { id: root, total_replies: answers(root).length, hidden_replies: 0, replies: answers(root).slice(offset), config };
    }
    const roots = comments.filter(({ parent }) => parent === null).slice(offset);
    const replies = roots.map((root) => {
      const below = answers(root.id);
      return { ...this.#shown(root, plain), total_replies: below.length, hidden_replies: 0, replies: below };
    });
    return { id: null, total_replies: comments.length, hidden_replies: 0, replies, config };
  }
}
