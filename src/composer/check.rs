//! What has to be right before something is sent: the rules of the back end, as far as they can be told beforehand.

use crate::texts::{Key, text, with_number};
use afterword_core::writing::{Asked, Capabilities, Writer};

/// Longest e-mail address, in bytes: RFC 5321 allows no longer one.
const EMAIL_BYTES_MAX: usize = 254;

/// A field of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The text.
    Text,
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The web address.
    Website,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The field.
    pub(super) field: Field,
    /// What is wrong with it, in words.
    pub(super) words: String,
}

impl Fault {
    pub(super) fn new(field: Field, words: impl Into<String>) -> Self {
        Self { field, words: words.into() }
    }
}

/// All that keeps a text of so many characters from being sent, in the order of the fields.
pub(super) fn faults(is_blank: bool, characters: u32, writer: &Writer, wanted: &Capabilities) -> Vec<Fault> {
    let mut faults = Vec::new();
    if is_blank {
        faults.push(Fault::new(Field::Text, text(Key::ComposeFaultEmpty)));
    } else if characters < wanted.text_min {
        faults.push(Fault::new(Field::Text, with_number(Key::ComposeFaultShort, wanted.text_min)));
    } else if characters > wanted.text_max {
        faults.push(Fault::new(Field::Text, with_number(Key::ComposeFaultLong, wanted.text_max)));
    }
    let (name, email, website) = (writer.name.trim(), writer.email.trim(), writer.website.trim());
    if wanted.name == Asked::Required && name.is_empty() {
        faults.push(Fault::new(Field::Name, text(Key::ComposeFaultName)));
    }
    match (wanted.email, email.is_empty()) {
        (Asked::Required, true) => faults.push(Fault::new(Field::Email, text(Key::ComposeFaultEmailMissing))),
        (Asked::Required | Asked::Optional, false) if !is_email(email) => {
            faults.push(Fault::new(Field::Email, text(Key::ComposeFaultEmail)));
        }
        (Asked::Required | Asked::Optional, false) | (Asked::Optional, true) | (Asked::No, _) => {}
    }
    match (wanted.website, website.is_empty()) {
        (Asked::Required, true) => faults.push(Fault::new(Field::Website, text(Key::ComposeFaultWebsiteMissing))),
        (Asked::Required | Asked::Optional, false) if !is_website(website) => {
            faults.push(Fault::new(Field::Website, text(Key::ComposeFaultWebsite)));
        }
        (Asked::Required | Asked::Optional, false) | (Asked::Optional, true) | (Asked::No, _) => {}
    }
    faults
}

/// As browsers check it, without what only they know of hosts: something, an `@`, and something with a dot inside.
fn is_email(text: &str) -> bool {
    let Some((who, host)) = text.rsplit_once('@') else { return false };
    let fits = text.len() <= EMAIL_BYTES_MAX && !text.contains(char::is_whitespace) && !who.contains('@');
    fits && !who.is_empty() && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
}

/// An address that can stand behind a name.
fn is_website(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let begins = text.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
        begins.then(|| &text[scheme.len()..])
    });
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !text.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_core::writing::{Markup, Replies, Voting};

    const fn wanted(name: Asked, email: Asked, website: Asked) -> Capabilities {
        Capabilities {
            replies: Replies::All,
            votes: Voting::None,
            edit_seconds: 0,
            markup: Markup::Markdown,
            name,
            email,
            website,
            text_min: 3,
            text_max: 10,
            guards: false,
        }
    }

    fn fields(characters: u32, writer: [&str; 3], wanted: &Capabilities) -> Vec<Field> {
        let [name, email, website] = writer.map(str::to_owned);
        let writer = Writer { name, email, website };
        faults(characters == 0, characters, &writer, wanted).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn what_is_missing_is_told_field_by_field() {
        let all = wanted(Asked::Required, Asked::Required, Asked::Required);
        assert_eq!(fields(0, ["", " ", ""], &all), [Field::Text, Field::Name, Field::Email, Field::Website]);
        assert_eq!(fields(3, ["Ann", "ann@example.org", "https://a.example"], &all), []);
        assert_eq!(fields(2, ["Ann", "ann@example.org", "https://a.example"], &all), [Field::Text]);
        assert_eq!(fields(11, ["Ann", "ann@example.org", "https://a.example"], &all), [Field::Text]);
    }

    #[test]
    fn what_may_be_left_out_is_checked_once_it_is_there() {
        let some = wanted(Asked::Optional, Asked::Optional, Asked::Optional);
        assert_eq!(fields(5, ["", "", ""], &some), []);
        for wrong in ["ann", "ann@", "@example.org", "ann@example", "a b@example.org", "a@b@example.org", "a@b..org"] {
            assert_eq!(fields(5, ["", wrong, ""], &some), [Field::Email], "{wrong}");
        }
        for wrong in ["example.org", "https://", "https:///x", "javascript:alert(1)", "https://a b"] {
            assert_eq!(fields(5, ["", "", wrong], &some), [Field::Website], "{wrong}");
        }
        assert_eq!(fields(5, ["", "ann@büro.example", "HTTP://a.example"], &some), []);
        let none = wanted(Asked::No, Asked::No, Asked::No);
        assert_eq!(fields(5, ["", "ann", "nonsense"], &none), []);
    }
}
