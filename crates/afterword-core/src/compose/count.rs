//! How long a text is, as back ends count, and how much room is left.

/// From this part of the limit on, in percent, it is told how much room is left: before that nobody needs to know.
pub const TOLD_FROM_PERCENT: u64 = 90;

/// How a text stands to what a back end takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// There is enough.
    Enough,
    /// So many characters are left, and that is little.
    Little(u32),
    /// It is too long by so many characters.
    Over(u32),
}

/// The number of characters, as Python's `len` and so Isso counts: code points, white space and all. Half a surrogate
/// pair counts as one.
pub fn characters(text: &[u16]) -> u32 {
    u32::try_from(char::decode_utf16(text.iter().copied()).count()).unwrap_or(u32::MAX)
}

/// How much room is left of `text_max` characters; 0 is no limit. Costs nothing for texts that are far from it.
pub fn room(text: &[u16], text_max: u32) -> Room {
    let told_from = u64::from(text_max) * TOLD_FROM_PERCENT / 100;
    // There are never more characters than units.
    if text_max == 0 || (text.len() as u64) < told_from {
        return Room::Enough;
    }
    let len = characters(text);
    match text_max.checked_sub(len) {
        None => Room::Over(len - text_max),
        Some(left) if u64::from(len) >= told_from => Room::Little(left),
        Some(_) => Room::Enough,
    }
}

/// Whether a text has fewer characters than `text_min`, white space at its end not counted, as Isso does.
pub fn is_too_short(text: &[u16], text_min: u32) -> bool {
    let mut len = 0;
    let mut filled = 0;
    for c in char::decode_utf16(text.iter().copied()) {
        len += 1;
        if !c.is_ok_and(char::is_whitespace) {
            filled = len;
        }
        if filled >= text_min {
            return false;
        }
    }
    filled < text_min
}
