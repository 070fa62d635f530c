//! What WordPress does to a post's text before it shows it: block marks are dropped, or paragraphs are made.

use crate::autop::autop;
use crate::markup::{Kind, Scanner};

const BLOCK_MARK: &str = "<!-- wp:";
const BLOCK_END_MARK: &str = "<!-- /wp:";

/// Short codes that WordPress itself fills in; in an export they are just text.
const SHORTCODES: [&str; 7] = ["[caption", "[wp_caption", "[gallery", "[embed", "[audio", "[video", "[playlist"];

const CAPTION: &str = "[caption ";
const CAPTION_END: &str = "[/caption]";

/// A post's text as a page shows it, and what was seen on the way.
#[derive(Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) html: String,
    /// Blocks that WordPress fills in when a page is shown, of which nothing is in the export.
    pub(crate) dynamic_blocks: usize,
    /// A short code of WordPress's own stands in the text.
    pub(crate) shortcode: bool,
}

/// Makes the text that WordPress would show from the text that it keeps. A text written with the block editor has its
/// paragraphs already; any other gets them from [`autop`].
pub(crate) fn shown(kept: &str) -> Shown {
    let captioned = captions(kept);
    let kept = captioned.as_deref().unwrap_or(kept);
    let shortcode = SHORTCODES.iter().any(|code| {
        kept.match_indices(code).any(|(at, _)| {
            kept[at + code.len()..].chars().next().is_some_and(|next| next == ' ' || next == ']' || next == '\n')
        })
    });
    if !kept.contains(BLOCK_MARK) {
        return Shown { html: autop(kept), dynamic_blocks: 0, shortcode };
    }
    let mut html = String::with_capacity(kept.len());
    let mut dynamic_blocks = 0;
    let mut rest = kept;
    while let Some(at) = rest.find("<!-- ") {
        let mark = &rest[at..];
        let is_mark = mark.starts_with(BLOCK_MARK) || mark.starts_with(BLOCK_END_MARK);
        let Some(end) = mark.find("-->").map(|end| end + 3) else { break };
        html.push_str(&rest[..at]);
        if is_mark {
            dynamic_blocks += usize::from(mark[..end].ends_with("/-->"));
        } else {
            html.push_str(&mark[..end]);
        }
        rest = &mark[end..];
    }
    html.push_str(rest);
    Shown { html: squeeze(&html), dynamic_blocks, shortcode }
}

/// `[caption …]<img …> Words[/caption]`, as the classic editor keeps a picture with a caption, becomes a figure. `None`
/// when there is none.
fn captions(kept: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = kept;
    while let Some(at) = rest.find(CAPTION) {
        let Some(end) = rest[at..].find(CAPTION_END).map(|end| at + end) else { break };
        let figure = rest[at..end].find(']').and_then(|open| figure(&rest[at + open + 1..end]));
        out.push_str(&rest[..at]);
        match figure {
            Some(figure) => out.push_str(&figure),
            None => out.push_str(&rest[at..end + CAPTION_END.len()]),
        }
        rest = &rest[end + CAPTION_END.len()..];
    }
    (rest.len() < kept.len()).then(|| out + rest)
}

/// A picture, with a link around it or without, and its caption behind it. `None` when there is no picture, or no
/// caption.
fn figure(inside: &str) -> Option<String> {
    let mut picture_end = None;
    let mut at = 0;
    for token in Scanner::new(inside) {
        at += token.raw.len();
        match token.kind {
            Kind::Open if token.name.eq_ignore_ascii_case("img") => picture_end = Some(at),
            Kind::Close if picture_end.is_some() && token.name.eq_ignore_ascii_case("a") => picture_end = Some(at),
            Kind::Text if picture_end.is_some() && !token.raw.trim().is_empty() => break,
            Kind::Open | Kind::Close | Kind::Comment | Kind::Text => {}
        }
    }
    let (picture, caption) = inside.split_at(picture_end?);
    let (picture, caption) = (picture.trim(), caption.trim());
    (!caption.is_empty()).then(|| format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>"))
}

/// Dropped marks leave empty lines: one newline is enough. Lines inside `<pre>` are text and stay.
fn squeeze(html: &str) -> String {
    if html.contains("<pre") || html.contains("<textarea") {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    for line in html.lines().filter(|line| !line.trim().is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kept: &str, html: &str, dynamic_blocks: usize, shortcode: bool) {
        assert_eq!(shown(kept), Shown { html: html.to_owned(), dynamic_blocks, shortcode }, "{kept:?}");
    }

    #[test]
    fn block_marks_go_and_paragraphs_stay() {
        check(
            "<!-- wp:paragraph -->\n<p>A\nb</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:quote {\"a\":1} --><blockquote>q</blockquote><!-- /wp:quote -->",
            "<p>A\nb</p>\n<blockquote>q</blockquote>",
            0,
            false,
        );
        check("<!-- wp:code -->\n<pre>a\n\n\nb</pre>\n<!-- /wp:code -->", "<pre>a\n\n\nb</pre>", 0, false);
    }

    #[test]
    fn dynamic_blocks_and_short_codes_are_seen() {
        check("<!-- wp:latest-posts {\"n\":3} /-->\n<p>A</p><!-- keep -->", "<p>A</p><!-- keep -->", 1, false);
        check("[gallery ids=\"1,2\"]", "<p>[gallery ids=\"1,2\"]</p>", 0, true);
        check("[galleryish] [sic]", "<p>[galleryish] [sic]</p>", 0, false);
    }

    #[test]
    fn a_picture_with_a_caption_becomes_a_figure() {
        check(
            "Look:\n\n[caption id=\"a\" width=\"3\"]<a href=\"b\"><img src=\"c\" /></a> My <em>bench</em>[/caption]\n\nNice.",
            "<p>Look:</p>\n<figure><a href=\"b\"><img src=\"c\" /></a>\n<figcaption>My <em>bench</em></figcaption></figure>\n<p>Nice.</p>",
            0,
            false,
        );
        check("[caption id=\"a\"]No picture[/caption]", "<p>[caption id=\"a\"]No picture[/caption]</p>", 0, true);
        check("[caption id=\"a\"]<img> Never ends", "<p>[caption id=\"a\"]<img> Never ends</p>", 0, true);
    }

    #[test]
    fn a_mark_that_never_ends_is_text() {
        check("<!-- wp:paragraph <p>a</p>", "<!-- wp:paragraph <p>a</p>", 0, false);
    }
}
