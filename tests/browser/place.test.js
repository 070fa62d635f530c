// Where the reader is: links to comments land whatever hides them, what is new since the last visit is marked, and deep
// threads keep room for their text.

import assert from "node:assert/strict";
import test from "node:test";
import { announced, at, day, focusOn, layOut, moved, publish, small, text, written } from "./content.mjs";
import { DESK, PHONE, Reader, reading } from "./reader.mjs";
import { Site } from "./site.mjs";

const LONG = Array.from({ length: 240 }, (_, n) => ({
  id: `n${n}`,
  to: n % 8 === 0 ? undefined : `n${n - (n % 8 === 1 || n % 3 === 0 ? n % 8 : 1)}`,
  on: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
  by: `Reader ${n % 17}`,
  host: n % 23 === 5,
  says: text(30 + ((n * 97) % 400)),
}));
const OLD = [
  { id: "1", by: "Ann", on: 1, says: text(400) },
  { id: "2", by: "Bo", on: 2, to: "1", says: text(400) },
  { id: "3", by: "Cy", on: 3, says: text(400) },
  { id: "4", by: "Dee", on: 4, to: "3", says: text(400) },
  { id: "5", by: "Eve", on: 5, says: text(400) },
];
const NEW = [
  { id: "6", by: "Flo", on: 10, to: "2", says: text(400) },
  { id: "7", by: "Gus", on: 11, to: "4", says: text(400) },
  { id: "8", by: "Hal", on: 12, says: text(400) },
];

const DEEP = Array.from({ length: 60 }, (_, n) => ({
  id: `d${n}`,
  to: n === 0 ? undefined : `d${n - 1}`,
  // Three people: two who answer each other would not be indented further.
  by: `Person ${n % 3}`,
  on: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
  says: text(300),
}));
const DIALOGUE = Array.from({ length: 20 }, (_, n) => ({ ...DEEP[n], id: `t${n}`, to: n ? `t${n - 1}` : undefined, by: ["Ann", "Bo"][n % 2] }));

const site = await small(test, { long: LONG, deep: DEEP, dialogue: DIALOGUE });
const older = await written(test, { talk: OLD });
const newer = await written(test, { talk: [...OLD, ...NEW] });
const PATH = at("long");

/** Waits until a comment is where a link to it leads: on the screen, marked, and with the focus. */
async function arrived(reader, id) {
  await reader.landed(id);
  await focusOn(reader, id);
  assert.equal(await reader.comment(id).evaluate((row) => row.closest("[hidden]")), null, "nothing hides it");
  const marked = await reader.comment(id).evaluate((row) => row.matches(":target, .is-target"));
  assert.ok(marked, "it is marked");
}

/** Goes to another fragment, as a link within the page does. */
const goTo = (reader, id) =>
  reader.page.evaluate((hash) => {
    location.hash = hash;
  }, `#comment-${id}`);

const isHidden = (id) => document.getElementById(`comment-${id}`).closest("[hidden]") !== null;

for (const screen of [DESK, PHONE]) {
  for (const [what, id] of [
    ["a prerendered comment", "n100"],
    ["a comment of a later page, which is not prerendered", "n235"],
  ]) {
    reading(
      `a link to ${what} lands, is marked and has the focus, ${screen.width} px`,
      { site, path: `${PATH}#comment-${id}`, screen },
      async (reader) => {
        await arrived(reader, id);
        const ids = await reader.ids();
        await reader.page.keyboard.press("j");
        await focusOn(reader, ids[ids.indexOf(id) + 1]);
      },
    );
  }
}

reading(
  "in the app, too, a link to a comment far down lands: from the list of posts",
  { site, path: "/", until: "ready" },
  async (reader) => {
    await reader.page.evaluate((href) => {
      const link = document.createElement("a");
      link.href = href;
      link.id = "deep";
      link.textContent = "deep";
      document.querySelector("#content").prepend(link);
    }, `${PATH}#comment-n235`);
    await reader.mark();
    await reader.page.click("#deep");
    await arrived(reader, "n235");
    assert.ok(await reader.isMarked());
    await reader.page.goBack();
    await reader.page.locator(".post-list").waitFor();
  },
);

reading("a link to a collapsed comment opens what hides it, and nothing else", { site, path: PATH }, async (reader) => {
  await reader.page.keyboard.press("z");
  await reader.page.waitForFunction(isHidden, "n205");
  const roots = await reader.visibleIds();
  await goTo(reader, "n205");
  await arrived(reader, "n205");
  const above = await reader.page.evaluate(() => {
    const ids = [];
    for (let row = document.getElementById("comment-n205"); row; ) {
      const to = row.querySelector("a.comment-to")?.getAttribute("href");
      row = to ? document.getElementById(to.slice(1)) : null;
      if (row) ids.push(row.id.replace("comment-", ""));
    }
    return ids;
  });
  assert.ok(above.length >= 2, `deep: ${above}`);
  const visible = await reader.visibleIds();
  for (const id of [...above, "n205", ...roots]) assert.ok(visible.includes(id), `${id} can be seen`);
  const opened = visible.filter((id) => !roots.includes(id));
  assert.ok(opened.length <= 8, `one thread was opened: ${opened}`);
});

reading(
  "a link to a comment that the layout leaves out shows it, among the author's answers",
  { site, path: PATH },
  async (reader) => {
    await layOut(reader, "author");
    await reader.page.waitForFunction(isHidden, "n130");
    const before = await reader.visibleIds();
    await goTo(reader, "n130");
    await arrived(reader, "n130");
    assert.equal(await reader.page.locator(".view-select").inputValue(), "author");
    const visible = await reader.visibleIds();
    for (const id of before) assert.ok(visible.includes(id), id);
  },
);

reading(
  "a shared link with a layout and a comment that it leaves out lands on the comment",
  { site, path: `${PATH}?view=author#comment-n235` },
  async (reader) => {
    await arrived(reader, "n235");
  },
);

reading(
  "a link to a comment that is not there says so; the next one lands, and the word is taken back",
  { site, path: `${PATH}#comment-n9999` },
  async (reader) => {
    await reader.notice().waitFor();
    assert.equal(await reader.notice().textContent(), "The comment you were looking for is not in this conversation.");
    const role = await reader.notice().evaluate((notice) => notice.closest("[role=status], [role=alert]") !== null);
    assert.ok(role, "those who listen hear it");
    await goTo(reader, "n100");
    await arrived(reader, "n100");
    await reader.notice().waitFor({ state: "detached" });
    await goTo(reader, "n8888");
    await reader.notice().waitFor();
  },
);

for (const hash of ["#elsewhere", "#comment"]) {
  reading(`a fragment that means no comment is left alone: ${hash}`, { site, path: PATH }, async (reader) => {
    await reader.scrollTo("n50");
    const before = await reader.scrolled();
    await reader.page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await reader.look();
    assert.ok(Math.abs((await reader.scrolled()) - before) <= 2, "nobody was taken anywhere");
    assert.equal(await reader.notice().count(), 0);
    assert.equal(await reader.page.locator(".is-target").count(), 0);
    assert.equal(await reader.page.evaluate(() => document.activeElement === document.body), true);
  });
}

reading("after jumps, Back and Forward lead from comment to comment", { site, path: PATH }, async (reader) => {
  await reader.mark();
  const length = await reader.page.evaluate(() => history.length);
  for (const id of ["n40", "n200", "n90"]) {
    await goTo(reader, id);
    await arrived(reader, id);
  }
  assert.equal(await reader.page.evaluate(() => history.length), length + 3);
  const ways = [
    ["goBack", "n200"],
    ["goBack", "n40"],
    ["goForward", "n200"],
    ["goBack", "n40"],
  ];
  for (const [way, id] of ways) {
    await reader.page[way]();
    await reader.landed(id);
    assert.equal(new URL(reader.page.url()).hash, `#comment-${id}`);
  }
  await reader.page.goBack();
  await reader.page.waitForFunction(() => location.hash === "");
  await reader.page.waitForFunction(() => window.scrollY < 50);
  assert.ok(await reader.isMarked());
});

reading("keys are no steps in the history", { site, path: "/", until: "ready" }, async (reader) => {
  await reader.page.getByRole("link", { name: "About long" }).first().click();
  await reader.complete();
  const length = await reader.page.evaluate(() => history.length);
  for (const key of ["j", "j", "s", "u", "t", "x", "z", "z", "o"]) await reader.page.keyboard.press(key);
  await reader.look();
  assert.equal(await reader.page.evaluate(() => history.length), length);
  await reader.page.goBack();
  await reader.page.locator(".post-list").waitFor();
});

for (const screen of [DESK, PHONE]) {
  reading(
    `all replies folded and opened again: the thread that is read stays under the eyes, ${screen.width} px`,
    { site, path: PATH, screen },
    async (reader) => {
      await reader.scrollTo("n160");
      for (const hidden of [true, false]) {
        const before = await reader.top("n160");
        await reader.page.keyboard.press("z");
        await reader.page.waitForFunction(
          (wanted) => (document.querySelectorAll("article[hidden], .block[hidden]").length > 0) === wanted,
          hidden,
        );
        await reader.look();
        const after = await reader.top("n160");
        assert.ok(Math.abs(after - before) <= 2, `${hidden}: ${before} became ${after}`);
      }
    },
  );
}

// New since the last visit.

const TALK = at("talk");

/** A conversation to which three comments come between two visits. */
async function growing(t) {
  const host = await Site.serve(t, older);
  return host;
}

const newOnes = (reader) =>
  reader.page.$$eval("article.is-new", (rows) => rows.map((row) => row.id.replace("comment-", "")).sort());
const pill = (reader) => reader.page.locator(".pill-new");

/** Sets the reader's clock to so many minutes after noon of the twelfth day of that month, and goes there. */
const visit = async (reader, minutes) => {
  const now = Date.parse(day(12)) + minutes * 60_000;
  await reader.context.addInitScript((time) => {
    window.now = time;
    Date.now = () => window.now;
  }, now);
  await reader.open(TALK);
  await reader.look();
};

reading("on a first visit nothing is new", { site: growing }, async (reader) => {
  await visit(reader, 0);
  assert.deepEqual(await newOnes(reader), []);
  assert.equal(await pill(reader).count(), 0);
});

reading("on the next visit what has come since is marked, counted, and led to", { site: growing }, async (reader, own) => {
  const page = reader.page;
  await visit(reader, 0);
  await publish(own, newer);
  await visit(reader, 31);
  await page.waitForFunction(() => document.querySelectorAll("article.is-new").length === 3);
  assert.deepEqual(await newOnes(reader), ["6", "7", "8"]);
  assert.equal(await page.locator("article.is-new .comment-time[data-new=new]").count(), 3);
  await pill(reader).waitFor();
  assert.equal(await pill(reader).getAttribute("aria-label"), "New since your last visit");
  assert.equal(await pill(reader).locator(".pill-count").textContent(), "3 new");
  const box = await pill(reader).boundingBox();
  assert.ok(box.y + box.height <= DESK.height && box.y > DESK.height / 2, `at the bottom: ${JSON.stringify(box)}`);

  const order = (await reader.ids()).filter((id) => Number(id) > 5);
  assert.deepEqual(order, ["6", "7", "8"]);
  for (const id of order) {
    await page.keyboard.press("n");
    await focusOn(reader, id);
    await reader.landed(id);
  }
  await page.keyboard.press("n");
  await page.waitForFunction(
    () => document.querySelector("p.for-ears[role=status]").textContent === "There is nothing further in that direction.",
  );
  await page.keyboard.press("p");
  await focusOn(reader, "7");

  const button = (name) => pill(reader).getByRole("button", { name, exact: true });
  await button("Previous").click();
  await focusOn(reader, "6");
  await button("Next").click();
  await focusOn(reader, "7");
  await reader.landed("7");
  await button("Close").click();
  await pill(reader).waitFor({ state: "detached" });
  assert.deepEqual(await newOnes(reader), ["6", "7", "8"], "the marks stay");
});

reading("what is new and collapsed is found by n as well, and opened", { site: growing }, async (reader, own) => {
  await visit(reader, 0);
  await publish(own, newer);
  await visit(reader, 31);
  await pill(reader).waitFor();
  await reader.page.keyboard.press("z");
  await reader.page.waitForFunction(isHidden, "6");
  await reader.page.keyboard.press("n");
  await focusOn(reader, "6");
  assert.equal(await reader.page.evaluate(isHidden, "6"), false);
});

reading("a reload within 30 minutes keeps what is new; a later visit does not", { site: growing }, async (reader, own) => {
  await visit(reader, 0);
  await publish(own, newer);
  for (const minutes of [31, 32, 61, 90]) {
    await visit(reader, minutes);
    await pill(reader).waitFor();
    assert.deepEqual(await newOnes(reader), ["6", "7", "8"], `minute ${minutes}`);
  }
  await visit(reader, 121);
  assert.deepEqual(await newOnes(reader), []);
  assert.equal(await pill(reader).count(), 0);
});

reading("who comes back too soon has not gone: nothing is called new", { site: growing }, async (reader, own) => {
  await visit(reader, 0);
  await publish(own, newer);
  await visit(reader, 29);
  assert.deepEqual(await newOnes(reader), []);
});

reading(
  "in the app, without a new document, the next visit has its marks too, also in rows that are built there",
  { site: growing },
  async (reader, own) => {
    await visit(reader, 0);
    await publish(own, newer);
    await reader.page.click(".site-title");
    await reader.page.locator(".post-list").waitFor();
    await reader.page.evaluate(() => {
      window.now += 31 * 60_000;
    });
    await reader.page.getByRole("link", { name: "About talk" }).first().click();
    await reader.complete();
    await pill(reader).waitFor();
    assert.deepEqual(await newOnes(reader), ["6", "7", "8"]);
  },
);

reading(
  "the marks stay through orders and layouts, and the pill moves nothing",
  { site: growing, screen: PHONE },
  async (reader, own) => {
    await visit(reader, 0);
    await publish(own, newer);
    await visit(reader, 31);
    await pill(reader).waitFor();
    await reader.look();
    assert.equal((await reader.witness()).shift, 0);
    assert.equal(await reader.overflow(), 0);
    let ids = await reader.ids();
    await reader.choose("newest");
    ids = await moved(reader, ids);
    assert.deepEqual(await newOnes(reader), ["6", "7", "8"]);
    await layOut(reader, "flat");
    assert.deepEqual(await newOnes(reader), ["6", "7", "8"]);
  },
);

for (const [what, init] of Object.entries({
  "is refused": () => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new Error("refused");
      },
    });
  },
  "holds something else": () => {
    localStorage.setItem(`afterword:visits:${location.origin}/`, '{"a":1}\n\u0000\n\t\t');
  },
})) {
  reading(`where the browser's storage ${what}, nothing is new, and all can be read`, { site: growing, init }, async (reader, own) => {
    await publish(own, newer);
    await visit(reader, 31);
    assert.deepEqual(await newOnes(reader), []);
    assert.equal((await reader.visibleIds()).length, 8);
  });
}

reading("“Only new” folds the rest, with what is above the new ones in grey; a press more shows all", { site: growing }, async (reader, own) => {
  await visit(reader, 0);
  await publish(own, newer);
  await visit(reader, 31);
  await pill(reader).waitFor();
  const only = pill(reader).getByRole("button", { name: "Only new" });
  assert.equal(await only.getAttribute("aria-pressed"), "false");
  await only.click();
  await reader.page.waitForFunction(isHidden, "5");
  assert.equal(await only.getAttribute("aria-pressed"), "true");
  assert.deepEqual(await reader.visibleIds(), ["1", "2", "6", "3", "4", "7", "8"]);
  const grey = await reader.page.$$eval("article.is-context", (rows) => rows.map((row) => row.id));
  assert.deepEqual(grey, ["comment-1", "comment-2", "comment-3", "comment-4"]);
  await only.click();
  await reader.page.waitForFunction(() => document.querySelectorAll("article[hidden]").length === 0);
  assert.equal(await reader.page.locator(".is-context").count(), 0);
});

// Deep threads.

for (const width of [320, 360]) {
  reading(
    `60 levels deep on a phone of ${width} px: 24 characters of text at any depth, and the number of the level`,
    { site, path: at("deep"), screen: { width, height: 640 }, context: { hasTouch: true, isMobile: true } },
    async (reader) => {
      assert.equal(await reader.overflow(), 0);
      const rows = [];
      for (let n = 0; n < 60; n += 1) {
        await reader.comment(`d${n}`).scrollIntoViewIfNeeded();
        rows.push(
          await reader.comment(`d${n}`).evaluate((row) => {
            const words = row.querySelector(".comment-body p").firstChild;
            const range = document.createRange();
            const tops = new Map();
            for (let place = 0; place < words.length; place += 1) {
              range.setStart(words, place);
              range.setEnd(words, place + 1);
              const top = Math.round(range.getBoundingClientRect().top);
              tops.set(top, (tops.get(top) ?? 0) + 1);
            }
            const lines = [...tops.values()];
            const style = getComputedStyle(row.querySelector(".comment-body p"));
            const ruler = document.createElement("span");
            ruler.style.cssText = "position: absolute; white-space: nowrap";
            ruler.textContent = words.data;
            row.querySelector(".comment-body p").append(ruler);
            const perCharacter = ruler.getBoundingClientRect().width / words.length;
            ruler.remove();
            const width = row.querySelector(".comment-body p").getBoundingClientRect().width;
            return {
              characters: width / perCharacter,
              longest: Math.max(...lines),
              size: Number.parseFloat(style.fontSize),
              level: [...row.querySelectorAll(".comment-level")].map((level) => level.textContent).join(),
            };
          }),
        );
      }
      for (const [n, { characters, longest, size, level }] of rows.entries()) {
        assert.ok(characters >= 24, `level ${n + 1}: room for ${characters.toFixed(1)} characters`);
        assert.ok(longest >= 22, `level ${n + 1}: the longest line has ${longest}`);
        assert.ok(size >= 15, `level ${n + 1}: text of ${size} pixels`);
        assert.equal(level, n > 6 ? `level ${n + 1}` : "", `level ${n + 1}`);
      }
    },
  );
}

reading("from deep down, “to Person” leads to the parent, and u does", { site, path: at("deep"), screen: PHONE }, async (reader) => {
  await reader.scrollTo("d40");
  await reader.comment("d40").locator("a.comment-to").click();
  await arrived(reader, "d39");
  await reader.page.keyboard.press("u");
  await focusOn(reader, "d38");
  await reader.page.keyboard.press("t");
  await focusOn(reader, "d0");
});

reading("two who answer each other do not run into the margin", { site, path: at("dialogue"), screen: PHONE }, async (reader) => {
  const indents = await reader.page.$$eval("article.comment", (rows) =>
    rows.map((row) => Number([...row.classList].find((name) => name.startsWith("indent-")).slice(7))),
  );
  assert.deepEqual(indents, [0, ...Array(19).fill(1)]);
  assert.equal(await reader.comment("t9").locator(".for-ears").first().textContent(), "Level 10, reply to Ann");
  assert.equal(await reader.page.locator(".is-context").count(), 0);
});
