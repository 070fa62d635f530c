// The elements of rows: built from words, kept by number, put into blocks.
//
// This is JavaScript because of what it costs to hand ten thousand rows over one by one: with a call for each element,
// attribute and text, two thirds of the time went into the calls and into decoding their strings. Here a block of rows
// comes as one string. Nothing is parsed as markup: a word makes an element, an attribute or a text node, and the names
// in it come from Afterword's own lists.

// Most rows are copies of a row with the same parts, in which only what differs is written.

const OPEN = 60; // <name
const CLOSE = 62; // >
const NAMED = 35; // #nvalue: an attribute of NAMES, the first of them is A
const ATTRIBUTE = 61; // =name=value
const SLOT = 33; // !: this element of a shape may differ from row to row
const COPY = 42; // *n: a row of a shape
const SELECT = 64; // @n: what follows is of this slot
const TEXT = 34; // "text: instead of the text that is there
// Any other first character: a text.

const FIRST_NAME = 65;
const FIRST_NUMBER = 32;
const NAMES = [
  "class",
  "id",
  "href",
  "rel",
  "title",
  "datetime",
  "dir",
  "hidden",
  "aria-posinset",
  "aria-setsize",
  "data-replies",
  "aria-expanded",
];

/** Appends what the words say to `parent`; gives the elements at the top. Those that are copies have no parent. */
function write(parent, words, shapes, slots) {
  const top = [];
  let at = parent;
  let shape;
  let row;
  for (const word of words.split("\0")) {
    switch (word.charCodeAt(0)) {
      case NAMED:
        at.setAttribute(NAMES[word.charCodeAt(1) - FIRST_NAME], word.slice(2));
        break;
      case SELECT: {
        at = row;
        for (let steps of shape.ways[word.charCodeAt(1) - FIRST_NUMBER]) {
          at = at.firstChild;
          while (steps--) at = at.nextSibling;
        }
        break;
      }
      case TEXT:
        if (at.firstChild?.nodeType === Node.TEXT_NODE) at.firstChild.data = word.slice(1);
        else at.prepend(word.slice(1));
        break;
      case COPY:
        shape = shapes[word.charCodeAt(1) - FIRST_NUMBER];
        row = shape.row.cloneNode(true);
        top.push(row);
        break;
      case SLOT:
        slots.push(at);
        break;
      case OPEN: {
        const element = at.ownerDocument.createElement(word.slice(1));
        if (at === parent) top.push(element);
        at = at.appendChild(element);
        break;
      }
      case CLOSE:
        at = at.parentNode;
        break;
      case ATTRIBUTE: {
        const end = word.indexOf("=", 1);
        at.setAttribute(word.slice(1, end), word.slice(end + 1));
        break;
      }
      default:
        if (word) at.append(word.slice(1));
    }
  }
  return top;
}

/** Puts what the words say into an element, in place of what is there. */
export function fill(element, words) {
  const fragment = element.ownerDocument.createDocumentFragment();
  write(fragment, words);
  element.replaceChildren(fragment);
}

/** Appends what the words say to an element. */
export function append(element, words) {
  write(element, words);
}

/**
 * Gives an element these children, in this order, and no others. `pinned`, if it is one of them and there already, is not
 * moved: the others go around it.
 */
export function order(parent, wanted, pinned) {
  let at = parent.firstChild;
  const dropUntil = (end) => {
    while (at !== end) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };
  for (const node of wanted) {
    if (node === pinned && node.parentNode === parent) dropUntil(node);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  dropUntil(null);
}

// The marks of a row, as bits of one number; the indent is above them.
const HIDDEN = 1;
const COLLAPSED = 2;
const CONTEXT = 4;
const NEW = 8;
const INDENT = 16;

/** How many children to pass by on each level between an element and one within it. */
function wayTo(node, above) {
  const way = [];
  for (let at = node; at !== above; at = at.parentNode) way.unshift([...at.parentNode.childNodes].indexOf(at));
  return way;
}

/** Rows by number. */
export class Rows {
  #rows = [];
  // The number in the list that each row has, as far as it is known.
  #places = [];
  #shapes = [];
  #new;

  /** `word` is what new rows are marked by. */
  constructor(word) {
    this.#new = word;
  }

  /** Takes one more shape of rows: the words hold one row. */
  shape(document, words) {
    const slots = [];
    const [row] = write(document.createDocumentFragment(), words, [], slots);
    row.remove();
    this.#shapes.push({ row, ways: slots.map((slot) => wayTo(slot, row)) });
  }

  /** Builds rows; the words hold a copy of a shape for each number. */
  build(numbers, words) {
    const top = write(null, words, this.#shapes);
    numbers.forEach((number, at) => (this.#rows[number] = top[at]));
  }

  /** Takes over a row that is in the page. */
  adopt(number, row) {
    this.#rows[number] = row;
  }

  /** Forgets all rows; they stay in the page. */
  clear() {
    this.#rows = [];
    this.#places = [];
  }

  /** The row with this number. */
  get(number) {
    return this.#rows[number];
  }

  /** Marks rows: for each its number, the marks before, and those now. What stays as it is, is not touched. */
  mark(marks) {
    for (let at = 0; at < marks.length; at += 3) {
      const row = this.#rows[marks[at]];
      const now = marks[at + 2];
      const other = marks[at + 1] ^ now;
      if (other & HIDDEN) {
        if (now & HIDDEN) row.setAttribute("hidden", "until-found");
        else row.removeAttribute("hidden");
      }
      if (other & COLLAPSED) {
        row.querySelector(":scope > .comment-fold")?.setAttribute("aria-expanded", String(!(now & COLLAPSED)));
      }
      if (other & CONTEXT) row.classList.toggle("is-context", now & CONTEXT);
      if (other & NEW) {
        row.classList.toggle("is-new", now & NEW);
        const link = row.querySelector(":scope > .comment-head > .comment-time");
        if (now & NEW) link.setAttribute("data-new", this.#new);
        else link.removeAttribute("data-new");
      }
      if (other >= INDENT) {
        row.classList.replace(`indent-${Math.floor(marks[at + 1] / INDENT)}`, `indent-${Math.floor(now / INDENT)}`);
      }
    }
  }

  /**
   * Puts these rows, and no others, into a block; they are rows `first` and following of the whole. The row `pinned`, if
   * it is one of them and in the block already, stays where it is in the document, and the others go around it.
   */
  arrange(block, numbers, first, pinned) {
    const rows = Array.from(numbers, (number) => this.#rows[number]);
    rows.forEach((row, at) => {
      const place = first + at + 1;
      const known = (this.#places[numbers[at]] ??= Number(row.getAttribute("aria-posinset")));
      if (known === place) return;
      row.setAttribute("aria-posinset", place);
      this.#places[numbers[at]] = place;
    });
    const at = numbers.indexOf(pinned);
    if (rows[at]?.parentNode === block) order(block, rows, rows[at]);
    else block.replaceChildren(...rows);
  }
}
