//! Plain text: blank lines part paragraphs, other line breaks stay, addresses become links.

use super::builder::{Attrs, Builder};
use super::entities::{Source, decode};
use super::policy::Policy;
use super::tag::{Attr, Tag};
use super::tree::Node;
use super::url::{SafeUrl, check_author_link};

pub(super) fn build_plain(text: &str, policy: &Policy) -> Vec<Node> {
    let mut sound = String::with_capacity(text.len());
    // References mean nothing here; line ends and NUL are treated as in HTML.
    decode(text, Source::Raw, &mut sound);
    let mut builder = Builder::new();
    let mut in_paragraph = false;
    for line in sound.split('\n').map(str::trim_end) {
        if line.is_empty() {
            if in_paragraph {
                builder.close(Tag::P);
            }
            in_paragraph = false;
            continue;
        }
        let tag = if in_paragraph { Tag::Br } else { Tag::P };
        builder.open(tag, Attrs::new());
        in_paragraph = true;
        put_line(line, policy, &mut builder);
    }
    builder.finish()
}

fn put_line(line: &str, policy: &Policy, builder: &mut Builder) {
    let mut rest = line;
    let mut from = 0;
    // Whatever is a link has this in it; behind a find the search goes on, so no part is searched twice.
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find("://")).map(|found| from + found) {
        let start = scheme_start(rest, at);
        let end = start.map(|start| start + address_len(&rest[start..]));
        let url = start.zip(end).and_then(|(start, end)| Some((start, end, check_author_link(rest.get(start..end)?)?)));
        match url {
            Some((start, end, url)) => {
                put_text(&rest[..start], builder);
                put_link(&url, policy, builder);
                rest = &rest[end..];
                from = 0;
            }
            // What is no address as a whole has none in it that people meant.
            None => from = end.unwrap_or(0).max(at + 3),
        }
    }
    put_text(rest, builder);
}

fn put_text(text: &str, builder: &mut Builder) {
    if !text.is_empty() {
        builder.text(text);
    }
}

fn put_link(url: &SafeUrl, policy: &Policy, builder: &mut Builder) {
    let mut attrs = vec![(Attr::Href, url.as_str().to_owned())];
    if let Some(rel) = policy.rel(url) {
        attrs.push((Attr::Rel, rel.to_owned()));
    }
    builder.open(Tag::A, attrs);
    builder.text(url.as_str());
    builder.close(Tag::A);
}

/// Where the scheme before `://` begins, if it is one that we link and no other word runs into it.
fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    ["https", "http"].into_iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len())?;
        let is_scheme = text.get(start..colon)?.eq_ignore_ascii_case(scheme);
        let runs_on = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        (is_scheme && !runs_on).then_some(start)
    })
}

/// The length of the address at the start of `text` without the punctuation of the sentence around it.
fn address_len(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '`' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}')
    };
    let address = &text[..text.find(ends).unwrap_or(text.len())];
    let mut round = unmatched(address, '(', ')');
    let mut square = unmatched(address, '[', ']');
    let is_sentence = |c: char| match c {
        // A closing bracket belongs to the address if its opening one does.
        ')' => take_one(&mut round),
        ']' => take_one(&mut square),
        _ => matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '_' | '…' | '»' | '’' | '”' | '}'),
    };
    address.trim_end_matches(is_sentence).len()
}

/// How many closing brackets there are beyond the opening ones.
fn unmatched(text: &str, open: char, close: char) -> usize {
    text.matches(close).count().saturating_sub(text.matches(open).count())
}

fn take_one(count: &mut usize) -> bool {
    let is_left = *count > 0;
    *count = count.saturating_sub(1);
    is_left
}
