// Conversations as they should not be: one fault in each file of comments, the same files for the same seed.

const NAMES = ["Mina", "Oskar", "Zoë", "陈静", "ليلى", "Ծովինար"];
const WORDS = [
  "hinge",
  "oil",
  "plank",
  "creak",
  "screw",
  "damp",
  "weather",
  "again",
  "never",
  "sunday",
  "drawer",
  "rust",
];

/** Texts that break layouts, scripts and parsers. */
const AWKWARD = [
  "👩‍👩‍👧‍👦",
  "🏳️‍🌈",
  `e${"\u0301".repeat(200)}`,
  "\u202egpj.exe",
  "\u2066\u2067abc",
  "\u200b\u200d\ufeff",
  "\u0000mid\u0000",
  "ﷺ".repeat(300),
  "𝕬𝖉𝖒𝖎𝖓",
  "аdmin",
  "שלום עולם",
  "مرحبا بالعالم",
  "x".repeat(100_000),
  "\u2028\u2029",
  "\u0085\r\n\t",
  "&lt;b&gt;",
  "<b>bold</b>",
  "javascript:alert(1)",
  "..",
  "__proto__",
  "constructor",
  "null",
];

const VERSION = "https://jsonfeed.org/version/1.1";

/** Mulberry32: enough for test data. */
function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound) => Math.floor(next() * bound);
  const shuffled = (list) => {
    const copy = [...list];
    for (let at = copy.length - 1; at > 0; at -= 1) {
      const other = below(at + 1);
      [copy[at], copy[other]] = [copy[other], copy[at]];
    }
    return copy;
  };
  return {
    next,
    below,
    shuffled,
    sample: (bound, count) => shuffled(Array.from({ length: bound }, (_, at) => at)).slice(0, count),
  };
}

/**
 * The cases of a seed: `{ fault, bytes, rows, texts, notice }`. `rows` is how many comments must be shown, each once;
 * `texts` what must be readable; `notice` whether something must be told ("retry": with a way to try again). What is not
 * given is left open.
 */
export function hostileFeeds(seed) {
  const random = randomOf(seed);
  const mark = (at) => `remark-${at}-end`;
  const words = (at) =>
    `${mark(at)} ${Array.from({ length: 3 + random.below(30) }, () => WORDS[random.below(WORDS.length)]).join(" ")}`;
  const comment = (at, parent) => ({
    id: String(at),
    content_html: `<p>${words(at)}</p>`,
    authors: [{ name: NAMES[random.below(NAMES.length)] }],
    date_published: `2013-03-${String(1 + (at % 28)).padStart(2, "0")}T0${at % 10}:00:00Z`,
    _thread: { in_reply_to: parent === undefined ? null : String(parent) },
  });
  const size = 20 + random.below(30);
  const tree = (count = size) =>
    Array.from({ length: count }, (_, at) =>
      comment(at, at === 0 || random.next() < 0.2 ? undefined : random.below(at)),
    );
  const marks = (count = size) => Array.from({ length: count }, (_, at) => mark(at));
  const feed = (items, more = {}) => ({ version: VERSION, title: "Comments", items, ...more });

  const cases = [];
  const put = (fault, content, expected) => {
    const bytes = Buffer.isBuffer(content)
      ? content
      : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    cases.push({ fault, bytes, ...expected });
  };
  const whole = (count = size) => ({ rows: count, texts: marks(count) });
  /** A tree with changes: `change(items, chosen)` gets so many comments, chosen at random. */
  const changed = (fault, count, change, expected = {}) => {
    const items = tree();
    change(items, random.sample(size, count));
    put(fault, feed(items), { ...whole(), ...expected });
  };
  const answers = (items, child, parent) => {
    items[child]._thread.in_reply_to = String(parent);
  };
  const spoil = (fault, field, values, expected) =>
    changed(
      fault,
      values.length,
      (items, chosen) => {
        chosen.forEach((at, nth) => {
          items[at][field] = values[nth];
        });
      },
      expected,
    );

  changed("two comments answer each other", 2, (items, [a, b]) => {
    answers(items, a, b);
    answers(items, b, a);
  });
  changed("a circle of five", 5, (items, ring) => ring.forEach((at, nth) => answers(items, at, ring[(nth + 1) % 5])));
  changed("a comment answers itself", 1, (items, [at]) => answers(items, at, at));
  changed(
    "an id twice",
    2,
    (items, [a, b]) => {
      items[a].id = items[b].id;
    },
    { notice: true },
  );
  changed("answers to missing comments", 6, (items, chosen) =>
    chosen.forEach((at) => answers(items, at, 1_000_000 + at)),
  );
  put("children before parents", feed(random.shuffled(tree())), whole());
  spoil(
    "odd dates",
    "date_published",
    [
      "",
      "not a date",
      "2026-02-30T25:61:00Z",
      null,
      -1,
      1e20,
      "NaN",
      0,
      "9999-12-31T23:59:59+14:00",
      "2026-01-01",
      {},
      [],
    ],
    { notice: true },
  );
  spoil("bodies of the wrong type", "content_html", [null, 1, true, [], {}, 1.5, "", "         "], {
    rows: size,
    texts: undefined,
  });
  spoil("odd ids", "id", [12.5, -1, 2 ** 53, 'a b"<', "", null, "../../x", "#"], { notice: true });
  spoil("authors of the wrong type", "authors", [
    null,
    [],
    [{}],
    "Ann",
    { name: "Ann" },
    [{ name: 7 }],
    [{ url: "javascript:alert(1)" }],
  ]);
  spoil("_thread of the wrong type", "_thread", [
    null,
    3,
    "x",
    [],
    { in_reply_to: {} },
    { votes: { up: -4, down: "many" } },
  ]);
  put(
    "awkward names",
    feed(AWKWARD.map((name, at) => ({ ...comment(at), authors: [{ name }] }))),
    whole(AWKWARD.length),
  );
  put(
    "awkward texts",
    feed(AWKWARD.map((text, at) => ({ ...comment(at), content_html: `<p>${mark(at)}</p>${text}` }))),
    whole(AWKWARD.length),
  );
  put(
    "awkward plain texts",
    feed(AWKWARD.map((text, at) => ({ ...comment(at), content_html: undefined, content_text: `${mark(at)} ${text}` }))),
    whole(AWKWARD.length),
  );
  put(
    "markup nested 3,000 deep",
    feed([{ ...comment(0), content_html: `${"<blockquote><div><b>".repeat(1000)}${mark(0)}` }]),
    whole(1),
  );
  put("lone surrogates", JSON.stringify(feed([comment(0)])).replace("<p>", "<p>\\ud83d lone \\udc00 "), whole(1));
  put("a byte order mark", `\ufeff${JSON.stringify(feed(tree()))}`, whole());
  const broken = Buffer.from(JSON.stringify(feed(tree(5))).replaceAll("<p>", "<p>~~"));
  for (let at = broken.indexOf("~"); at >= 0; at = broken.indexOf("~")) broken[at] = 0xff;
  put("invalid UTF-8", broken, {});
  put("Latin-1", Buffer.from(JSON.stringify(feed(tree(9))).replaceAll("陈静", "Renée"), "latin1"), {});
  const long = Buffer.from(JSON.stringify(feed(tree(50))));
  put("cut off", long.subarray(0, 3000 + random.below(long.length - 3500)), { notice: "retry" });
  put("a web page", "<!doctype html><title>502 Bad Gateway</title>", { rows: 0, notice: "retry" });
  put("null", "null", { rows: 0, notice: "retry" });
  put("an array", "[]", { rows: 0, notice: "retry" });
  put("an empty object", "{}", { rows: 0, notice: "retry" });
  put("a string", '"x"', { rows: 0, notice: "retry" });
  put("a number", "1", { rows: 0, notice: "retry" });
  put("items: null", '{"items": null}', { rows: 0, notice: "retry" });
  put("items: an object", feed({}), { rows: 0, notice: "retry" });
  put("items of all sorts", feed([1, "x", null, [], comment(0)]), { ...whole(1), notice: true });
  put("no version", { items: tree(3) }, whole(3));
  put("JSON nested 100,000 deep", `{"items":${"[".repeat(100_000)}`, { rows: 0, notice: "retry" });
  for (const depth of [100, 600, 2_000]) {
    put(
      `a chain of ${depth} answers`,
      feed(Array.from({ length: depth }, (_, at) => comment(at, at === 0 ? undefined : at - 1))),
      whole(depth),
    );
  }
  put(
    "keys twice",
    `{"version":"${VERSION}","items":[{"id":"1","id":"2","content_text":"first","content_text":"second"}]}`,
    { rows: 1 },
  );
  put(
    "keys of prototypes",
    `{"version":"${VERSION}","items":[{"id":"1","__proto__":{"p":1},"constructor":{"prototype":{"p":1}},"content_text":"${mark(0)}"}]}`,
    whole(1),
  );
  put("a next page that is this page", feed(tree(5), { next_url: "comments.json" }), { ...whole(5), notice: true });
  put("a next page elsewhere", feed(tree(5), { next_url: "https://elsewhere.example/more.json" }), {
    ...whole(5),
    notice: true,
  });
  return cases;
}

/** Addresses that must not become links, and addresses that must. */
export const BAD_URLS = [
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "  javascript:alert(1)",
  "\tjavascript:alert(1)",
  "jav\tascript:alert(1)",
  "java\nscript:alert(1)",
  "java\r\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript&colon;alert(1)",
  "javascript&#58;alert(1)",
  "javascript&#x3a;alert(1)",
  "&#106;avascript:alert(1)",
  "&#x6A&#x61vascript:alert(1)",
  "javascript:%61lert(1)",
  "javascript://example.org/%0aalert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "blob:https://example.org/1",
  "file:///etc/passwd",
  "view-source:javascript:alert(1)",
  "feed:javascript:alert(1)",
  "jar:javascript:alert(1)!/",
  "ws://example.org/",
  "about:blank",
  "//elsewhere.example/x",
  "\\\\elsewhere.example\\x",
  "/\\elsewhere.example/x",
  "livescript:x",
  "mocha:x",
];
export const GOOD_URLS = [
  "https://example.org/",
  "http://example.org/a?b=c&d=e#f",
  "https://example.org/a(b)",
  "mailto:ann@example.org",
  "#comment-1",
  "../other-post/",
  "https://münchen.example/straße",
  "https://example.org/%E2%9C%93",
];
