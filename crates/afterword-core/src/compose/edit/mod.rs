//! What a button above the text, or its shortcut, does: which part of the text is replaced by what, and what is selected
//! then.
//!
//! The result is one replacement, so that a browser can do it as one insertion and its own undo takes it back. No
//! surrogate pair and no line end is ever cut in two. A button that is pressed again takes back what it did.

mod change;
mod lines;
mod link;
mod marks;
mod text;

use crate::writing::Utf16;
use change::Changes;
use marks::Stress;
use std::ops::Range;
use text::Text;

/// One replacement in a text. Offsets count UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The part of the old text that goes; may be empty.
    pub replace: Range<u32>,
    /// What comes in its place; may be empty. Where both are, only the selection changes.
    pub with: Utf16,
    /// What is selected in the new text; an empty range is the caret.
    pub select: Range<u32>,
}

impl Edit {
    /// The text after the edit.
    pub fn apply_to(&self, text: &[u16]) -> Vec<u16> {
        let at = |offset: u32| (offset as usize).min(text.len());
        let before = text.get(..at(self.replace.start)).unwrap_or_default();
        let after = text.get(at(self.replace.end)..).unwrap_or_default();
        [before, &self.with.0, after].concat()
    }
}

/// A button above the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// `**strong**`
    Bold,
    /// `_emphasised_`
    Italic,
    /// `[words](address)`
    Link,
    /// `> ` before each line.
    Quote,
    /// Backticks around a part of a line; a fenced block around several lines.
    Code,
    /// `- ` before each line.
    List,
}

impl Tool {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Bold, Self::Italic, Self::Link, Self::Quote, Self::Code, Self::List];

    /// The tool of a shortcut. To be asked where Control (on Apple's keyboards Command) is held and Alt is not; `key` and
    /// `code` are those of the keyboard event. B, I, K and E are found by letter, and by place on keyboards without Latin
    /// letters; with Shift, `.` is for quotes and 8 for lists, wherever other letters stand on these keys.
    pub fn of_key(key: &str, code: &str, shift: bool) -> Option<Self> {
        if shift {
            return match code {
                "Period" => Some(Self::Quote),
                "Digit8" => Some(Self::List),
                _ => None,
            };
        }
        let letter =
            if key.is_ascii() { key.to_ascii_lowercase() } else { code.trim_start_matches("Key").to_lowercase() };
        match letter.as_str() {
            "b" => Some(Self::Bold),
            "i" => Some(Self::Italic),
            "k" => Some(Self::Link),
            "e" => Some(Self::Code),
            _ => None,
        }
    }

    /// The shortcut as it is told by `aria-keyshortcuts`, without Control or Meta.
    pub fn shortcut(self) -> &'static str {
        match self {
            Self::Bold => "B",
            Self::Italic => "I",
            Self::Link => "K",
            Self::Quote => "Shift+.",
            Self::Code => "E",
            Self::List => "Shift+8",
        }
    }
}

/// What a tool does to a text in which `selection` is selected. Offsets beyond the end count as the end.
pub fn use_tool(tool: Tool, text: &[u16], selection: Range<u32>) -> Edit {
    let text = Text::new(text, selection);
    match tool {
        Tool::Bold => marks::set_off(&text, Stress::Strong),
        Tool::Italic => marks::set_off(&text, Stress::Emphasis),
        Tool::Link => link::link(&text),
        Tool::Quote => lines::quote(&text),
        Tool::Code if text.has_lines() => lines::fence(&text),
        Tool::Code => marks::code(&text),
        Tool::List => lines::list(&text),
    }
}

/// What Enter does in a list: the next item begins, or the list ends where the item is empty. `None` everywhere else: the
/// browser does what it does. Not to be asked while an input method composes, nor with Shift.
pub fn press_enter(text: &[u16], selection: Range<u32>) -> Option<Edit> {
    lines::next_item(&Text::new(text, selection))
}

/// What pasting an address over selected words does: they become a link. `None` where nothing is selected, the selection
/// has several lines, or what is pasted is no web address: the browser pastes then.
pub fn paste_address(text: &[u16], selection: Range<u32>, pasted: &str) -> Option<Edit> {
    link::link_to(&Text::new(text, selection), pasted.trim())
}

/// Puts a text in place of the selection, with the caret behind it: pasted Markdown.
pub fn insert(text: &[u16], selection: Range<u32>, what: &str) -> Edit {
    let text = Text::new(text, selection);
    let mut changes = Changes::default();
    changes.opening(text.selected.clone(), what);
    changes.finish(&text, text.selected.end..text.selected.end)
}

/// Puts a block, such as a quotation, where the caret is, with blank lines around it and the caret below it, so that one
/// can write on. A line that the caret stands in stays whole: the block comes behind it.
pub fn insert_block(text: &[u16], selection: Range<u32>, block: &str) -> Edit {
    lines::insert_block(&Text::new(text, selection), block.trim_end_matches('\n'))
}
