//! What a text that is being written will look like.
//!
//! Markdown is read as Isso 0.14 reads it with its own settings: CommonMark, with `~~deleted~~`, `~below~`, `^above^`,
//! with line breaks that count, without HTML, tables and pictures, and without links made of bare addresses. What comes
//! out goes through the sanitizer that all comments go through.

use afterword_core::body::{Body, Policy, RawBody, RawHtml, sanitize};
use afterword_core::writing::Markup;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

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
    for event in Parser::new_ext(text, options) {
        html.add(event);
    }
    RawHtml::new(html.out)
}

/// HTML under construction.
#[derive(Default)]
struct Html {
    out: String,
    /// How many pictures are open: Isso drops them with their words.
    pictures: usize,
}

impl Html {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text),
            // HTML is shown as it was typed.
            Event::Html(html) | Event::InlineHtml(html) => self.text(&html),
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(&code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>"),
            // Of extensions that are switched off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                self.out.push_str("<a href=\"");
                self.text(dest_url);
                self.out.push_str("\">");
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::List(Some(start)) => self.out.push_str(&format!("<ol start=\"{start}\">")),
            Tag::CodeBlock(kind) => {
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
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            _ => self.tag(element(&tag.to_end()), "<"),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>"),
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
