//! What is looked for, marked in the texts near the screen: the browser's side is `highlight.js`.
//!
//! The renderer knows nothing of searching. It tells a [`BlockWatch`] which blocks are near the screen; a [`Highlighter`]
//! behind it marks them.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

/// Hears of a block of rows, with whether it is near the screen: when it comes near, when it leaves, and when it is near
/// and its rows or their texts have changed.
pub type BlockWatch = Rc<dyn Fn(&HtmlElement, bool)>;

/// Gives the parts of a text that are to be marked: in UTF-16 units, in order, none over another.
pub type Ranges = Box<dyn Fn(&str) -> Vec<Range<u32>>>;

#[wasm_bindgen(module = "/src/render/highlight.js")]
extern "C" {
    type Marks;

    #[wasm_bindgen(constructor)]
    fn new(ranges: &Closure<dyn Fn(String) -> Vec<u32>>) -> Marks;

    #[wasm_bindgen(method)]
    fn set(this: &Marks, on: bool);

    #[wasm_bindgen(method)]
    fn point(this: &Marks, id: &str);

    #[wasm_bindgen(method)]
    fn near(this: &Marks, block: &HtmlElement);

    #[wasm_bindgen(method)]
    fn far(this: &Marks, block: &HtmlElement);

    #[wasm_bindgen(method)]
    fn clear(this: &Marks);
}

/// Marks words in texts. Dropping it takes all marks away.
pub struct Highlighter {
    marks: Marks,
    ranges: Rc<RefCell<Option<Ranges>>>,
    _closure: Closure<dyn Fn(String) -> Vec<u32>>,
}

impl Default for Highlighter {
    fn default() -> Self {
        let ranges = Rc::new(RefCell::new(None::<Ranges>));
        let closure = Closure::<dyn Fn(String) -> Vec<u32>>::new({
            let ranges = Rc::clone(&ranges);
            move |text: String| {
                let ranges = ranges.borrow();
                let found = ranges.as_ref().map(|ranges| ranges(&text)).unwrap_or_default();
                found.into_iter().flat_map(|range| [range.start, range.end]).collect()
            }
        });
        Self { marks: Marks::new(&closure), ranges, _closure: closure }
    }
}

impl Highlighter {
    /// Marks other parts from now on; with `None`, nothing.
    pub fn set(&self, ranges: Option<Ranges>) {
        self.marks.set(ranges.is_some());
        self.ranges.replace(ranges);
    }

    /// Marks this row (an element id) as the one that the reader was led to; an empty id for none.
    pub fn point(&self, id: &str) {
        self.marks.point(id);
    }

    /// What a [`BlockWatch`] hears.
    pub fn watch(&self, block: &HtmlElement, near: bool) {
        if near { self.marks.near(block) } else { self.marks.far(block) }
    }
}

impl Drop for Highlighter {
    fn drop(&mut self) {
        self.marks.clear();
    }
}
