//! What can be told from words alone: names for addresses, how long a text takes to read, which way it is written.

use crate::body::{Body, Node};

/// A slug is cut here, in bytes: addresses are read aloud and typed.
const SLUG_BYTES_MAX: usize = 80;

/// How many words a minute are read: 238 is the mean over 190 studies of silent reading in English (Brysbaert, "How many
/// words do we read per minute?", 2019), rounded down for other languages and for looking at pictures.
const WORDS_PER_MINUTE: u32 = 220;

/// How many characters of Chinese, Japanese or Korean count as a word: readers of these manage about 500 a minute.
const IDEOGRAPHS_PER_MINUTE: u32 = 500;

/// The name of a tag in addresses: `tags/<slug>/`. Tags that differ in case and signs only have the same.
pub fn tag_slug(tag: &str) -> String {
    slug_of_words(tag).unwrap_or_else(|| "tag".to_owned())
}

/// Words as part of an address: lower case, letters and digits of any script, one hyphen for everything between them.
/// `None` where there is no letter or digit.
pub fn slug_of_words(words: &str) -> Option<String> {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if slug.len() + c.len_utf8() > SLUG_BYTES_MAX {
            break;
        }
        if c.is_alphanumeric() || is_mark(c) && !slug.is_empty() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    Some(slug).filter(|slug| !slug.is_empty())
}

/// Combining marks of the scripts in which a word falls apart without them (Latin, Hebrew, Arabic, Indic, Thai); what is
/// missing here becomes a hyphen, which is no harm.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// Whether there is nothing to see in a text: white space, and characters that are never painted.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    })
}

/// How long a text takes to read, in minutes, rounded up; 0 for one without words.
pub fn reading_minutes(body: &Body) -> u32 {
    let (mut words, mut ideographs) = (0_u32, 0_u32);
    for node in body.nodes() {
        let Node::Text(text) = node else { continue };
        let mut in_word = false;
        for c in text.chars() {
            if is_ideograph(c) {
                ideographs = ideographs.saturating_add(1);
                in_word = false;
            } else if c.is_alphanumeric() {
                words = words.saturating_add(u32::from(!in_word));
                in_word = true;
            } else if c.is_whitespace() {
                in_word = false;
            }
        }
    }
    // In parts of a minute, so that a text in two scripts is not rounded up twice.
    let parts =
        u64::from(words) * u64::from(IDEOGRAPHS_PER_MINUTE) + u64::from(ideographs) * u64::from(WORDS_PER_MINUTE);
    let minutes = parts.div_ceil(u64::from(WORDS_PER_MINUTE) * u64::from(IDEOGRAPHS_PER_MINUTE));
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

/// Kana, Han, Hangul and the forms beside them: scripts that are read by character.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of the `dir` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The direction of a language, given as a BCP 47 tag. A script in the tag decides; without one, the language.
pub fn direction(language: &str) -> Direction {
    const SCRIPTS: [&str; 7] = ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"];
    const LANGUAGES: [&str; 14] =
        ["ar", "he", "iw", "fa", "ur", "yi", "ji", "dv", "ps", "sd", "ug", "ckb", "syr", "arc"];
    let mut parts = language.split(['-', '_']);
    let first = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let rtl = match script {
        Some(script) => SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
        None => LANGUAGES.contains(&first.as_str()),
    };
    if rtl { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Policy, RawBody, sanitize};

    #[test]
    fn tags_become_parts_of_addresses() {
        for (tag, slug) in [
            ("Wood & Glue", "wood-glue"),
            ("  C++ ", "c"),
            ("größe", "größe"),
            ("Don't panic", "dont-panic"),
            ("道具", "道具"),
            ("../..", "tag"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(tag_slug(tag), slug, "{tag:?}");
        }
        assert!(tag_slug(&"long ".repeat(100)).len() <= SLUG_BYTES_MAX);
    }

    #[test]
    fn what_cannot_be_seen_is_blank() {
        for blank in ["", " \t", "\u{200b}\u{2060}", "\u{3164}", "\u{2800} \u{feff}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", ".", "\u{200b}Ann", "字"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }

    #[test]
    fn reading_takes_time() {
        let check = |text: &str, minutes: u32| {
            let body = sanitize(&RawBody::Text(text.to_owned()), &Policy::post());
            assert_eq!(reading_minutes(&body), minutes, "{} bytes", text.len());
        };
        check("", 0);
        check("Two words", 1);
        check(&"word ".repeat(220), 1);
        check(&"word ".repeat(221), 2);
        check(&"字".repeat(1_000), 2);
        check(&format!("{}{}", "word ".repeat(110), "字".repeat(250)), 1);
    }

    #[test]
    fn languages_have_directions() {
        for (language, expected) in [
            ("en", "ltr"),
            ("ar", "rtl"),
            ("AR-eg", "rtl"),
            ("he", "rtl"),
            ("az-Arab", "rtl"),
            ("pa-Guru", "ltr"),
            ("ar-Latn", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(language).name(), expected, "{language:?}");
        }
    }
}
