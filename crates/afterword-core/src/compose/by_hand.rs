//! A comment on its way to a site without a server: a mail, a page with a form that is filled in, or text to copy. The
//! file to download is made by `static_json` of the adapters.
//!
//! What is sent is the text, and below it who wrote it and where it belongs. There are no words of ours in it, so it
//! needs no language.

use super::percent::push_encoded;
use crate::body::url::check_author_link;
use crate::writing::{Letter, Target};

/// Most characters of a mail's text: longer ones are cut off by some mail programs without a word.
pub const MAIL_CHARACTERS_MAX: usize = 1_500;

/// Longest address of a mail in bytes. Chromium on Windows opens no program for an address of more than 2,048 bytes, and
/// says nothing; a text in another script than Latin gets there with a few hundred characters.
pub const MAIL_ADDRESS_BYTES_MAX: usize = 2_000;

/// Longest address of a page in bytes: GitHub and many servers refuse requests of more than 8 kB, headers included.
pub const LINK_BYTES_MAX: usize = 7_000;

/// The text cannot go this way. Copying and downloading have no such bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThisWay {
    /// It is too long for it.
    TooLong,
    /// What the owner has set up is no address.
    NoAddress,
}

/// A `mailto:` address that fills in subject and text (RFC 6068).
///
/// # Errors
/// Where the text is too long for mail programs, or `to` is no mail address.
pub fn mail_to(to: &str, letter: &Letter) -> Result<String, NotThisWay> {
    let to = to.trim();
    let is_address = to.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !is_address || to.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(NotThisWay::NoAddress);
    }
    let body = to_read(letter);
    if body.chars().nth(MAIL_CHARACTERS_MAX).is_some() {
        return Err(NotThisWay::TooLong);
    }
    let mut address = "mailto:".to_owned();
    push_encoded(to, "@+", "", &mut address);
    address.push_str("?subject=");
    push_encoded(&format!("Re: {}", one_line(&letter.title)), "", "", &mut address);
    address.push_str("&body=");
    push_encoded(&body, "", "%0D%0A", &mut address);
    if address.len() > MAIL_ADDRESS_BYTES_MAX { Err(NotThisWay::TooLong) } else { Ok(address) }
}

/// The owner's address with `{title}`, `{text}` and `{url}` filled in: a new issue, a new discussion.
///
/// # Errors
/// Where it gets too long, or is no web address.
pub fn filled_link(template: &str, letter: &Letter) -> Result<String, NotThisWay> {
    let mut address = String::new();
    let mut rest = template.trim();
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        address.push_str(before);
        let value = [("{title}", Value::Title), ("{text}", Value::Text), ("{url}", Value::Url)]
            .into_iter()
            .find(|(name, _)| tail.starts_with(name));
        let Some((name, value)) = value else {
            address.push('{');
            rest = tail.strip_prefix('{').unwrap_or_default();
            continue;
        };
        let value = match value {
            Value::Title => one_line(&letter.title),
            Value::Text => signed_text(letter),
            Value::Url => place_address(letter),
        };
        push_encoded(&value, "", "%0A", &mut address);
        rest = tail.strip_prefix(name).unwrap_or_default();
    }
    address.push_str(rest);
    // What is filled in is escaped, so only the owner's own part decides what kind of address this is.
    let start = address.split(['?', '#']).next().unwrap_or_default();
    if check_author_link(start).is_none() {
        return Err(NotThisWay::NoAddress);
    }
    if address.len() > LINK_BYTES_MAX { Err(NotThisWay::TooLong) } else { Ok(address) }
}

enum Value {
    Title,
    Text,
    Url,
}

/// All that is told of a comment, to be read by a person: the text, who signs it, and where it belongs. This is what is
/// copied, and what a mail holds.
pub fn to_read(letter: &Letter) -> String {
    format!("{}\n\n{}\n", signed_text(letter), place_address(letter))
}

/// Where a comment belongs: the address of the comment that it answers or changes, else of the post.
pub fn place_address(letter: &Letter) -> String {
    let mut address = letter.place.site.clone();
    push_encoded(&letter.place.post.to_string(), "/!$&'()*+,;=:@", "", &mut address);
    match &letter.place.target {
        Target::Thread => {}
        Target::Reply(id) | Target::Edit(id) => {
            address.push('#');
            address.push_str(&id.element_id());
        }
    }
    address
}

/// The text, and below it who signs it, if somebody does. An e-mail address is no part of it: who mails has one.
fn signed_text(letter: &Letter) -> String {
    let mut out = letter.text.to_text().trim_end().to_owned();
    let signature = [one_line(&letter.writer.name), one_line(&letter.writer.website)];
    let signature: Vec<&str> = signature.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if !signature.is_empty() {
        out.push_str("\n\n— ");
        out.push_str(&signature.join(", "));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
