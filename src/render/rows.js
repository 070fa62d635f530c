// The elements of rows: built from words, kept by number, put into blocks.
//
// This is JavaScript because of what it costs to hand ten thousand rows over one by one: with a call for each element,
// attribute and text, two thirds of the time went into the calls and into decoding their strings. Here a block of rows
// comes as one string. Nothing is parsed as markup: a word makes an element, an attribute or a text node, and the names
// in it come from Afterword's own lists.

const OPEN = 60; // <name
const CLOSE = 62; // >
const ATTRIBUTE = 61; // =name=value
// Any other first character: a text.

/** Appends what the words say to `parent`; gives the elements at the top. */
function write(parent, words) {
  const document = parent.ownerDocument;
  const top = [];
  let at = parent;
  for (const word of words.split("\0")) {
    switch (word.charCodeAt(0)) {
      case OPEN: {
        const element = document.createElement(word.slice(1));
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

// The marks of a row, as bits of one number; the indent is above them.
const HIDDEN = 1;
const COLLAPSED = 2;
const CONTEXT = 4;
const NEW = 8;
const INDENT = 16;

/** Rows by number. */
export class Rows {
  #rows = [];
  #new;

  /** `word` is what new rows are marked by. */
  constructor(word) {
    this.#new = word;
  }

  /** Builds rows; the words hold one element for each number. */
  build(document, numbers, words) {
    const top = write(document.createDocumentFragment(), words);
    numbers.forEach((number, at) => (this.#rows[number] = top[at]));
  }

  /** Takes over a row that is in the page. */
  adopt(number, row) {
    this.#rows[number] = row;
  }

  /** Forgets all rows; they stay in the page. */
  clear() {
    this.#rows = [];
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
      const place = String(first + at + 1);
      if (row.getAttribute("aria-posinset") !== place) row.setAttribute("aria-posinset", place);
    });
    const at = numbers.indexOf(pinned);
    const stays = rows[at];
    if (stays?.parentNode === block) {
      const before = rows.slice(0, at);
      const after = rows.slice(at + 1);
      for (const row of [...block.children]) if (row !== stays) row.remove();
      stays.before(...before);
      stays.after(...after);
    } else {
      block.replaceChildren(...rows);
    }
  }
}
