//! Folding: what text becomes before it is compared.
//!
//! Case, marks and the many forms of quotes, dashes and white space make no difference to a search. Folding twice gives
//! what folding once gave, and composed and decomposed text (NFC, NFD) fold to the same.

use super::letters::{full_width_kana, is_dropped, joined, latin, old_greek, other};

/// Text as it is compared. White space of any length is one space; no line break or control character is left.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded text. Marks at its start join the letter that `out` ends in.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        // Most text is runs of ASCII, and those are copied whole.
        let run = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
        let (ascii, after) = rest.split_at_checked(run).unwrap_or((rest, ""));
        let start = out.len();
        out.push_str(ascii);
        if let Some(copied) = out.get_mut(start..) {
            copied.make_ascii_lowercase();
        }
        let mut chars = after.chars();
        let Some(c) = chars.next() else { return };
        fold_char(c, out);
        rest = chars.as_str();
    }
}

/// Appends one folded character. `out` grows by what it becomes, or stays as long as it is when it is left out or joins
/// the last character.
pub(super) fn fold_char(c: char, out: &mut String) {
    match c {
        '\0'..=' ' | '\u{7f}' => push_space(out),
        '!'..='~' => out.push(c.to_ascii_lowercase()),
        // Russian letters, Han, kana that are no marks, syllables of Korean: nothing is looked up for the most common.
        'а'..='я' | 'ぁ'..='ゖ' | '\u{309b}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => out.push(c),
        _ => fold_other(c, out),
    }
}

fn push_space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

fn fold_other(c: char, out: &mut String) {
    if let Some(letter) = latin(c) {
        return out.push(letter);
    }
    if c.is_whitespace() || c.is_control() {
        return push_space(out);
    }
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{ff65}'..='\u{ff9f}' => full_width_kana(c).unwrap_or(c),
        _ => c,
    };
    if let Some(whole) = out.chars().next_back().and_then(|before| joined(before, c)) {
        out.pop();
        return out.push(whole);
    }
    if is_dropped(c) {
        return;
    }
    for c in c.to_lowercase() {
        match latin(c).or_else(|| old_greek(c)) {
            Some(letter) => out.push(letter),
            None => match other(c) {
                Some(folded) => out.push_str(folded),
                None => out.push(c),
            },
        }
    }
}
