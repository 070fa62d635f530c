//! Words as they are compared: without case, accents and width.

use std::ops::Range;

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// As it was written.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
}

impl Word<'_> {
    /// Its place in the text, in bytes.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The words of a text: runs of letters, digits and `_`. An apostrophe between letters is part of the word, so that
/// "Ann's" is not "Ann".
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_word)?;
        let mut end = start;
        let mut chars = text.get(start..)?.chars().peekable();
        while let Some(c) = chars.next() {
            let joins = is_apostrophe(c) && chars.peek().is_some_and(|next| next.is_alphanumeric());
            if !is_word(c) && !joins {
                break;
            }
            end += c.len_utf8();
        }
        at = end;
        text.get(start..end).map(|text| Word { text, start })
    })
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_accent(c)
}

/// Kana, Han and Hangul: scripts that are compared by character, since nothing parts their words.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Combining accents, as decomposed text has them.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A word as it is compared. Every comparison of this module goes through here.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

pub(super) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            if c != '\'' {
                out.push(c.to_ascii_lowercase());
            }
            continue;
        }
        if is_accent(c) || is_apostrophe(c) {
            continue;
        }
        for lower in narrow(c).to_lowercase().filter(|&c| !is_accent(c)) {
            match base(lower) {
                Some(letters) => out.push_str(letters),
                None => out.push(lower),
            }
        }
    }
}

/// Full-width signs, as Japanese keyboards give them, as the usual ones.
pub(super) fn narrow(c: char) -> char {
    /// How far full-width signs lie behind their ASCII twins.
    const WIDE: u32 = 0xfee0;
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - WIDE).unwrap_or(c),
        _ => c,
    }
}

/// The plain letters of a Latin one in lower case: Latin-1, Latin Extended-A, Vietnamese.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (text, expected) in [
            ("Ann's  kitchen", "anns|kitchen"),
            ("JÜRGEN, Íñigo!", "jurgen|inigo"),
            ("Ju\u{308}rgen", "jurgen"),
            ("Łódź Straße Ærø", "lodz|strasse|aero"),
            ("kite_runner77: 'wax' it’s", "kite_runner77|wax|its"),
            ("＠Ｔｏｍ　花子さん、はい", "tom|花子さん|はい"),
            ("İstanbul", "istanbul"),
            ("…", ""),
        ] {
            let found: Vec<String> = words(text).map(|word| fold(word.text)).collect();
            assert_eq!(found.join("|"), expected, "{text:?}");
        }
    }
}
