// Marks in the texts of comments: painted over them where the browser can do that (CSS Custom Highlight API), else by
// <mark> elements that are put around words and taken away again. The texts stay what they are.
//
// Blocks are marked when the next frame is about to be painted, so that rows that change several times before that are
// looked through once.

const FOUND = "afterword-find";
const NOW = "afterword-find-now";

/** The texts that count: of rows that are shown, and not only because of what is below them. */
const BODIES = "article.comment:not([hidden], .is-context) > .comment-body:not([hidden])";

const CAN_PAINT = Boolean(globalThis.CSS?.highlights && globalThis.Highlight && globalThis.StaticRange);

/** What the browser paints under a name; shared by all conversations of a page. */
function highlight(name) {
  let found = CSS.highlights.get(name);
  if (!found) {
    found = new Highlight();
    found.priority = name === NOW ? 1 : 0;
    CSS.highlights.set(name, found);
  }
  return found;
}

/** Paints a range of a text; gives what takes that back. Static, because live ranges make every move of a row dear. */
function paint(text, from, until, now) {
  const painted = highlight(now ? NOW : FOUND);
  const range = new StaticRange({ startContainer: text, startOffset: from, endContainer: text, endOffset: until });
  painted.add(range);
  return () => painted.delete(range);
}

/** Puts a range of a text into an element; gives what takes that back. */
function wrap(text, from, until, now) {
  const found = text.splitText(from);
  found.splitText(until - from);
  const mark = text.ownerDocument.createElement("mark");
  mark.className = now ? "find-mark find-mark-now" : "find-mark";
  found.replaceWith(mark);
  mark.append(found);
  return () => {
    const around = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    around?.normalize();
  };
}

export class Marks {
  #ranges;
  #on = false;
  #now = "";
  /** The blocks near the screen, each with what takes its marks away. */
  #near = new Map();
  #waiting = new Set();
  #frame = 0;

  /** `ranges` gives for a text where its marks begin and end, in turn and in order. */
  constructor(ranges) {
    this.#ranges = ranges;
  }

  /** What is looked for has changed; `on` tells whether there is anything to mark. */
  set(on) {
    this.#on = on;
    for (const block of this.#near.keys()) this.near(block);
  }

  /** The row with this id is the one that the reader was led to. */
  point(id) {
    this.#now = id;
    for (const block of this.#near.keys()) this.near(block);
  }

  /** A block has come near the screen, or has other rows now. */
  near(block) {
    if (!this.#near.has(block)) this.#near.set(block, []);
    this.#waiting.add(block);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const waiting of this.#waiting) this.#mark(waiting);
      this.#waiting.clear();
    });
  }

  /** A block has left the screen. */
  far(block) {
    this.#unmark(block);
    this.#near.delete(block);
    this.#waiting.delete(block);
  }

  /** Takes all marks away, and forgets the blocks. */
  clear() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const block of [...this.#near.keys()]) this.far(block);
  }

  #unmark(block) {
    for (const undo of this.#near.get(block) ?? []) undo();
  }

  #mark(block) {
    this.#unmark(block);
    const undos = [];
    const bodies = this.#on && !block.hasAttribute("hidden") ? block.querySelectorAll(BODIES) : [];
    for (const body of bodies) {
      const now = body.parentNode.id === this.#now;
      const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const ends = this.#ranges(text.data);
        // From the end, so that what is before stays where it is when a text is split.
        for (let at = ends.length - 2; at >= 0; at -= 2) {
          undos.push((CAN_PAINT ? paint : wrap)(text, ends[at], ends[at + 1], now));
        }
      }
    }
    this.#near.set(block, undos);
  }
}
