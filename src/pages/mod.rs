//! What stands around the conversation: the blog's head and foot, lists, and the post itself. Each is written once, to an
//! [`ElementWriter`]: markup natively, words for `rows.js` in the browser.

pub mod article;
pub mod frame;
pub mod listing;

use crate::render::write::ElementWriter;
use afterword_adapters::static_json::encode_path_text;
use afterword_core::model::Site;

/// Writes elements of one page, and knows where its links start.
pub struct Pen<'a, W> {
    out: &'a mut W,
    /// The site that the page belongs to.
    site: &'a Site,
    /// The address of what is at a path below the site's base.
    base: &'a dyn Fn(&str) -> String,
}

impl<'a, W: ElementWriter> Pen<'a, W> {
    /// A pen for one page. `base` makes an address of an escaped path below the site's base.
    pub fn new(out: &'a mut W, site: &'a Site, base: &'a dyn Fn(&str) -> String) -> Self {
        Self { out, site, base }
    }

    /// The address of a page, given by its path as it is read.
    fn href(&self, path: &str) -> String {
        (self.base)(&encode_path_text(path))
    }

    fn open(&mut self, tag: &'static str, class: &str) {
        self.out.open(tag);
        if !class.is_empty() {
            self.out.attr("class", class);
        }
    }

    fn close(&mut self, tag: &'static str) {
        self.out.close(tag);
    }

    /// An element with nothing but text in it, in its own direction: a post and the words around it may be written in
    /// different ones.
    fn words(&mut self, tag: &'static str, class: &str, text: &str) {
        self.open(tag, class);
        self.out.attr("dir", "auto");
        self.out.text(text);
        self.close(tag);
    }

    /// A link to an address.
    fn link(&mut self, class: &str, href: &str, text: &str) {
        self.open("a", class);
        self.out.attr("href", href);
        self.out.attr("dir", "auto");
        self.out.text(text);
        self.close("a");
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
