//! The browser's side of rows, `rows.js`, as Rust calls it.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Element};

#[wasm_bindgen(module = "/src/render/rows.js")]
extern "C" {
    /// Puts what the words say into an element, in place of what is there.
    pub(super) fn fill(element: &Element, words: &str);

    /// Appends what the words say to an element.
    pub(super) fn append(element: &Element, words: &str);

    /// Gives an element these children, in this order, and no others. `pinned`, if it is one of them and there already,
    /// is not moved.
    pub(super) fn order(parent: &Element, wanted: &js_sys::Array, pinned: &Element);

    /// Rows by number.
    pub(super) type Rows;

    /// No rows; `word` is what new ones are marked by.
    #[wasm_bindgen(constructor)]
    pub(super) fn new(word: &str) -> Rows;

    /// Takes one more shape of rows: the words hold one row.
    #[wasm_bindgen(method)]
    pub(super) fn shape(this: &Rows, document: &Document, words: &str);

    /// Builds rows; the words hold a copy of a shape for each number.
    #[wasm_bindgen(method)]
    pub(super) fn build(this: &Rows, numbers: &[u32], words: &str);

    /// Takes over a row that is in the page.
    #[wasm_bindgen(method)]
    pub(super) fn adopt(this: &Rows, number: u32, row: &Element);

    /// Forgets all rows; they stay in the page.
    #[wasm_bindgen(method)]
    pub(super) fn clear(this: &Rows);

    /// The row with this number.
    #[wasm_bindgen(method)]
    pub(super) fn get(this: &Rows, number: u32) -> Option<Element>;

    /// Marks rows: for each its number, the marks before, and those now. See [`super::shown::Marks`].
    #[wasm_bindgen(method)]
    pub(super) fn mark(this: &Rows, marks: &[u32]);

    /// Puts these rows, and no others, into a block; they are rows `first` and following of the whole. The row
    /// `pinned`, if it is one of them and in the block already, stays where it is, and the others go around it.
    #[wasm_bindgen(method)]
    pub(super) fn arrange(this: &Rows, block: &Element, numbers: &[u32], first: u32, pinned: Option<u32>);
}
