//! Quoting: the words that somebody has selected, as a quotation to be answered, with a link back.

use super::markdown::escape;
use crate::body::url::check_link;
use crate::writing::Markup;

/// Most characters of a quotation. It reminds of what is answered; the link leads to the rest.
pub const QUOTE_CHARACTERS_MAX: usize = 1_000;

/// So far back from the bound a gap between words is looked for, in characters: longer words are rare.
const WORD_CHARACTERS_MAX: usize = 40;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The name of who wrote them, or what is put for it where it is not known.
    pub name: &'a str,
    /// The address of the comment or post; `None` where there is none.
    pub address: Option<&'a str>,
}

/// A quotation of `selected`, which is plain text as a selection gives it: `> ` before each line, and in its last line
/// whose words they are. Without a newline at its end; [`super::edit::insert_block`] puts it into a text. Empty where
/// nothing but white space is selected. Longer selections are cut at [`QUOTE_CHARACTERS_MAX`], with an ellipsis.
pub fn quote(selected: &str, source: Source<'_>, markup: Markup) -> String {
    let words = shortened(selected.trim());
    let words = match markup {
        Markup::Plain => words,
        Markup::Markdown => escape(&words),
    };
    let mut out = String::new();
    let mut after_blank = true;
    for line in words.lines().map(str::trim) {
        // Selections have several blank lines where one does.
        if !(line.is_empty() && after_blank) {
            out.push_str(if line.is_empty() { ">" } else { "> " });
            out.push_str(line);
            out.push('\n');
        }
        after_blank = line.is_empty();
    }
    if !out.is_empty() {
        out.push_str(">\n> — ");
        push_source(source, markup, &mut out);
    }
    out
}

fn push_source(source: Source<'_>, markup: Markup, out: &mut String) {
    let name = source.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let address = source.address.and_then(check_link);
    match (markup, address) {
        (Markup::Plain, None) => out.push_str(&name),
        (Markup::Plain, Some(address)) => {
            out.push_str(&name);
            out.push_str(if name.is_empty() { "" } else { ", " });
            out.push_str(address.as_str());
        }
        (Markup::Markdown, None) => out.push_str(&escape(&name)),
        (Markup::Markdown, Some(address)) if name.is_empty() => {
            out.push_str(&format!("<{}>", address.as_str()));
        }
        (Markup::Markdown, Some(address)) => {
            out.push_str(&format!("[{}]({})", escape(&name), super::markdown::destination(address.as_str())));
        }
    }
}

/// The first characters, up to a gap between words if there is one near.
fn shortened(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(QUOTE_CHARACTERS_MAX) else { return text.to_owned() };
    let kept = text.get(..cut).unwrap_or(text);
    let gap = kept.char_indices().rev().take(WORD_CHARACTERS_MAX).find(|(_, c)| c.is_whitespace());
    let kept = gap.and_then(|(at, _)| kept.get(..at)).unwrap_or(kept);
    format!("{} …", kept.trim_end())
}
