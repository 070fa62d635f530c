//! What a text that is being written will look like.
//!
//! Markdown is read as Isso 0.14 reads it with the settings that it comes with: CommonMark, with `~~deleted~~`, `~below~`
//! and `^above^`, with line breaks that count, without HTML, character references, tables and pictures, with lists that
//! begin at 1, and without links made of bare addresses. What comes out goes through the sanitizer that all comments go
//! through. Of some fifty snippets that the tests hold, with what a real Isso made of them, these come out otherwise there:
//! a link that is refused leads to `#harmful-link` and has no address here; bare addresses become links where the owner of
//! an Isso has switched that on, and line breaks do not count where they switched that off.

use afterword_core::body::{Body, Policy, RawBody, RawHtml, sanitize};
use afterword_core::writing::Markup;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// A text as it will be shown.
pub fn preview(text: &str, markup: Markup, policy: &Policy) -> Body {
    let body = match markup {
        Markup::Plain => RawBody::Text(text.to_owned()),
        Markup::Markdown => RawBody::Html(html_of_markdown(text)),
    };
    sanitize(&body, policy)
}

/// Markdown as HTML, not sanitized yet.
pub fn html_of_markdown(text: &str) -> RawHtml {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SUPERSCRIPT | Options::ENABLE_SUBSCRIPT;
    let mut html = Html::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default();
        let is_escaped = text.get(..range.start).is_some_and(|before| before.ends_with('\\'));
        html.add(event, source, is_escaped);
    }
    html.flush();
    RawHtml::new(html.out)
}

/// HTML under construction.
#[derive(Default)]
struct Html {
    out: String,
    /// How many pictures are open: Isso drops them with their words.
    pictures: usize,
    /// Text that goes on: signs within words are looked for in all of it.
    words: String,
    /// How many blocks of code are open.
    codes: usize,
}

impl Html {
    /// Takes a step of the parser, which was made of `source`; `is_escaped` tells of a backslash before it.
    fn add(&mut self, event: Event<'_>, source: &str, is_escaped: bool) {
        if let Event::Text(text) = &event {
            // Isso shows character references as they were typed.
            let text = if source.starts_with('&') && source.ends_with(';') { source } else { text };
            if is_escaped {
                self.flush();
                let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
                self.text(first);
                self.words.push_str(rest);
            } else {
                self.words.push_str(text);
            }
            return;
        }
        self.flush();
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            // HTML is shown as it was typed.
            Event::Text(html) | Event::Html(html) | Event::InlineHtml(html) => self.text(&html),
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(&code);
                self.out.push_str("</code>");
            }
            Event::HardBreak if source.starts_with('\\') => self.out.push_str("\\<br>\n"),
            Event::SoftBreak | Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>"),
            // Of extensions that are switched off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// Writes the text so far, with what is set above or below within a word: the parser knows it between words alone.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let mut rest = words.as_str();
        while let Some(at) = rest.find(['^', '~']).filter(|_| self.codes == 0) {
            let (before, tail) = rest.split_at(at);
            let (sign, inside) = tail.split_at(1);
            let len = inside.find(|c: char| c.is_whitespace() || sign.starts_with(c)).filter(|len| *len > 0);
            self.text(before);
            match len.and_then(|len| inside.split_at_checked(len)).filter(|(_, behind)| behind.starts_with(sign)) {
                Some((inner, behind)) => {
                    let name = if sign == "^" { "sup" } else { "sub" };
                    self.tag(name, "<");
                    self.text(inner);
                    self.tag(name, "</");
                    rest = behind.get(1..).unwrap_or_default();
                }
                None => {
                    self.text(sign);
                    rest = inside;
                }
            }
        }
        self.text(rest);
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { dest_url, link_type, .. } => {
                self.out.push_str("<a href=\"");
                if *link_type == LinkType::Email {
                    self.out.push_str("mailto:");
                }
                self.text(&dest_url.replace(' ', "%20"));
                self.out.push_str("\">");
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::CodeBlock(kind) => {
                self.codes += 1;
                self.out.push_str("<pre><code");
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(language) = info.split_ascii_whitespace().next()
                {
                    self.out.push_str(" class=\"language-");
                    self.text(language);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            _ => self.tag(element(&tag.to_end()), "<"),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.codes = self.codes.saturating_sub(1);
                self.out.push_str("</code></pre>");
            }
            _ => self.tag(element(&tag), "</"),
        }
    }

    fn tag(&mut self, name: &str, start: &str) {
        if !name.is_empty() {
            self.out.push_str(start);
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn text(&mut self, text: &str) {
        if self.pictures > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                _ => self.out.push(c),
            }
        }
    }
}

/// The element of a tag that needs nothing but its name; nothing for those of extensions that are switched off.
fn element(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "p",
        TagEnd::Heading(level) => match level {
            HeadingLevel::H1 => "h1",
            HeadingLevel::H2 => "h2",
            HeadingLevel::H3 => "h3",
            HeadingLevel::H4 => "h4",
            HeadingLevel::H5 => "h5",
            HeadingLevel::H6 => "h6",
        },
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Superscript => "sup",
        TagEnd::Subscript => "sub",
        TagEnd::Link => "a",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
