//! Sanitized texts as Markdown, so that rendering it gives the same words: what would be a sign of Markdown and is none
//! is escaped. Tested against the dialect of Isso, whose line breaks count.

mod inline;
mod writer;

use crate::body::{Attr, Body, Event, Policy, RawBody, Tag, sanitize};
use inline::Mark;
use writer::Writer;

/// A body as Markdown, without a newline at its end. Paragraphs, lists, quotations, code, strong, emphasised and deleted
/// words and links to the web stay; headings become strong; of tables and of all else the words stay.
pub fn of_body(body: &Body) -> String {
    let mut writer = Writer::default();
    for event in body.events() {
        match event {
            Event::Open(element) => open(element.tag, |attr| element.attr(attr), &mut writer),
            Event::Text(text) => writer.text(text),
            Event::Close(tag) => close(tag, &mut writer),
        }
    }
    writer.finish()
}

/// A plain text as Markdown that shows it as it is. Web addresses become links, as they do in plain text.
pub fn escape(text: &str) -> String {
    of_body(&sanitize(&RawBody::Text(text.to_owned()), &Policy::comment()))
}

/// An address as the destination of a link.
pub(super) fn destination(address: &str) -> String {
    if address.contains(['(', ')', ' ', '\\', '*', '_', '`', '&', '~', '^']) {
        format!("<{}>", address.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E"))
    } else {
        address.replace('<', "%3C").replace('>', "%3E")
    }
}

fn open<'a>(tag: Tag, attr: impl Fn(Attr) -> Option<&'a str>, writer: &mut Writer) {
    match tag {
        Tag::Blockquote => writer.open_quote(),
        Tag::Ul => writer.open_list(None),
        Tag::Ol => writer.open_list(Some(attr(Attr::Start).and_then(|start| start.parse().ok()).unwrap_or(1))),
        Tag::Li => writer.open_item(),
        Tag::Pre => writer.open_pre(),
        Tag::Hr => writer.rule(),
        Tag::Br => writer.line_break(),
        Tag::Img => writer.text(attr(Attr::Alt).unwrap_or_default()),
        Tag::Code if writer.in_pre() => writer.set_language(attr(Attr::Class).unwrap_or_default()),
        Tag::Td | Tag::Th => writer.text(" "),
        Tag::A => {
            let address = attr(Attr::Href).filter(|address| is_absolute(address)).map(str::to_owned);
            writer.open_mark(address.map(Mark::Link));
        }
        _ if is_heading(tag) => {
            writer.end_block();
            writer.open_mark(Some(Mark::Strong));
        }
        _ if tag.is_block() => writer.end_block(),
        _ => {
            if let Some(mark) = mark(tag) {
                writer.open_mark(Some(mark));
            }
        }
    }
}

fn close(tag: Tag, writer: &mut Writer) {
    match tag {
        Tag::Blockquote => writer.close_container(),
        Tag::Ul | Tag::Ol => writer.close_list(),
        Tag::Li => writer.close_container(),
        Tag::Pre => writer.close_pre(),
        Tag::Hr | Tag::Br | Tag::Img | Tag::Td | Tag::Th => {}
        Tag::Code if writer.in_pre() => {}
        Tag::A => writer.close_mark(),
        _ if is_heading(tag) => {
            writer.close_mark();
            writer.end_block();
        }
        _ if tag.is_block() => writer.end_block(),
        _ if mark(tag).is_some() => writer.close_mark(),
        _ => {}
    }
}

fn mark(tag: Tag) -> Option<Mark> {
    match tag {
        Tag::B | Tag::Strong => Some(Mark::Strong),
        Tag::I | Tag::Em => Some(Mark::Emphasis),
        Tag::Del | Tag::S => Some(Mark::Deleted),
        Tag::Code | Tag::Kbd | Tag::Samp => Some(Mark::Code),
        _ => None,
    }
}

fn is_heading(tag: Tag) -> bool {
    matches!(tag, Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
}

/// Whether an address means the same wherever the text goes.
fn is_absolute(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    address.contains(':') && ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}
