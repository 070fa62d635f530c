//! The first pass: every post without its text, as lists and links need it.

use super::jobs::in_parallel;
use crate::content::{ContentError, ContentFolder};
use afterword_core::body::{Policy, RawBody, sanitize_up_to};
use afterword_core::ids::{PostKind, PostPath};
use afterword_core::model::{Post, Site};

/// So much of a text is looked at for its first sentences, in bytes of its source: markup and all.
const EXCERPT_SOURCE_BYTES: usize = 8 * 1024;

/// How many characters of a text stand for a summary in lists: three lines of a phone.
const EXCERPT_CHARS: usize = 240;

/// All posts and pages, without their texts.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The posts, newest first; those without a date come last, and ties are settled by name.
    pub(super) posts: Vec<Post>,
    /// The pages by name.
    pub(super) pages: Vec<Post>,
    /// What could not be read.
    pub(super) errors: Vec<ContentError>,
}

/// Reads every post and page. A post without a summary gets the start of its text for one.
pub(super) fn survey(content: &ContentFolder, site: &Site, threads: usize) -> Result<Survey, ContentError> {
    let mut paths = content.paths(PostKind::Post)?;
    paths.extend(content.paths(PostKind::Page)?);
    let mut found = Survey::default();
    for post in in_parallel(threads, "posts read", &paths, |path| entry(content, site, path)) {
        match post {
            Ok(post) if post.kind == PostKind::Page => found.pages.push(post),
            Ok(post) => found.posts.push(post),
            Err(error) => found.errors.push(error),
        }
    }
    found.posts.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.slug.cmp(&b.slug)));
    Ok(found)
}

fn entry(content: &ContentFolder, site: &Site, path: &PostPath) -> Result<Post, ContentError> {
    let mut post = content.read_post(path)?.value;
    if post.summary.is_none() {
        post.summary = excerpt(&post.body, site);
    }
    post.body = RawBody::default();
    post.thread.pages = Vec::new();
    Ok(post)
}

/// The start of a text in plain words; `None` for one without words.
pub(super) fn excerpt(body: &RawBody, site: &Site) -> Option<String> {
    let policy = Policy::post().with_image_hosts(&site.image_hosts);
    let text = sanitize_up_to(body, &policy, EXCERPT_SOURCE_BYTES).text();
    Some(clipped(&text, EXCERPT_CHARS)).filter(|text| !text.is_empty())
}

/// A text on one line, cut behind a word so that it has at most so many characters. The cut is marked.
pub(super) fn clipped(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut left = chars_max;
    for word in text.split_whitespace() {
        let chars = word.chars().count() + usize::from(!out.is_empty());
        if chars > left.saturating_sub(1) && chars != left {
            // One word that fills half of the room is no word: a script without blanks, or nonsense.
            if left > chars_max / 2 {
                out.extend((!out.is_empty()).then_some(' '));
                out.extend(word.chars().take(left.saturating_sub(2)));
            }
            out.push('…');
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        left -= chars;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::body::RawHtml;

    #[test]
    fn texts_are_cut_behind_a_word() {
        let check = |text: &str, chars: usize, expected: &str| {
            let cut = clipped(text, chars);
            assert_eq!(cut, expected);
            assert!(cut.chars().count() <= chars, "{cut:?}");
        };
        check("  One\n two ", 20, "One two");
        check("One two three", 9, "One two…");
        check("One two three four", 12, "One two…");
        check("", 5, "");
        check("道具の話を少しだけする", 6, "道具の話…");
    }

    #[test]
    fn a_text_begins_with_its_words() {
        let check = |html: &str, expected: Option<&str>| {
            let body = RawBody::Html(RawHtml::new(html));
            assert_eq!(excerpt(&body, &Site::default()).as_deref(), expected, "{html}");
        };
        check("<h2>On soap</h2><p>Use <em>it</em>.</p><script>x</script>", Some("On soap Use it."));
        check("<hr>", None);
    }
}
