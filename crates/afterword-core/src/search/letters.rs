//! What letters and signs are searched as: tables.
//!
//! Made from the canonical decompositions of the Unicode Character Database (`UnicodeData.txt`), and by hand where people
//! search more loosely than that: `ø` as `o`, `ß` as `ss`, `“` as `"`, digits of Arabic as ours. A library for Unicode
//! normalization (`unicode-normalization`) makes a module 50 kB larger after Brotli; folding as a whole takes 4 kB.

use std::cmp::Ordering;

/// The ASCII letter that U+00C0 and those after it are written with when marks are left out; `.` for none.
const LATIN: &[u8] = b"\
    aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll.\
    .llnnnnnnn..oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    bb.....cc.ddd....ffg...ikkl..nn.oo..pp.....ttttuu.vyyzz.........\
    .............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa..oo\
    aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..acclts\
    z..bu.eejjqqrryy";

/// The same for U+1E00 and those after it: Vietnamese is here.
const LATIN_ADDITIONAL: &[u8] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyasss..aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy..vvyy";

/// The ASCII letter of a Latin letter in either case.
pub(super) fn latin(c: char) -> Option<char> {
    let at = |first: u32| usize::try_from(u32::from(c).checked_sub(first)?).ok();
    let letter = match c {
        '\u{c0}'..='\u{24f}' => LATIN.get(at(0xc0)?)?,
        '\u{1e00}'..='\u{1eff}' => LATIN_ADDITIONAL.get(at(0x1e00)?)?,
        _ => return None,
    };
    letter.is_ascii_alphabetic().then(|| char::from(*letter))
}

/// The letter of a small Greek letter with old accents and breathings (U+1F00 to U+1FFF, which come in rows by vowel).
pub(super) fn old_greek(c: char) -> Option<char> {
    let (vowels, at) = match u32::from(c) {
        at @ 0x1f00..=0x1f6f => ("αεηιουω", (at - 0x1f00) / 16),
        at @ 0x1f70..=0x1f7d => ("αεηιουω", (at - 0x1f70) / 2),
        at @ 0x1f80..=0x1faf => ("αηω", (at - 0x1f80) / 16),
        0x1fb0..=0x1fb7 => ("α", 0),
        0x1fbe | 0x1fd0..=0x1fd7 => ("ι", 0),
        0x1fc2..=0x1fc7 => ("η", 0),
        0x1fe4 | 0x1fe5 => ("ρ", 0),
        0x1fe0..=0x1fe7 => ("υ", 0),
        0x1ff2..=0x1ff7 => ("ω", 0),
        _ => return None,
    };
    vowels.chars().nth(usize::try_from(at).ok()?)
}

/// The full-width kana of U+FF65 to U+FF9F. The last two are marks that join the kana before them.
pub(super) fn full_width_kana(c: char) -> Option<char> {
    const KANA: &str = "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309a}";
    KANA.chars().nth(usize::try_from(u32::from(c).checked_sub(0xff65)?).ok()?)
}

/// Marks that change a letter without being one, and what is never painted: left out.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c,
        // Accents (and a joiner among them), the marks of old Cyrillic, and those that are put on signs.
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points and accents; Arabic vowel marks, marks of the Koran, and the stroke that stretches a word.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        // The dot below of the scripts of India, which many do not type.
        | '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}' | '\u{b3c}' | '\u{cbc}'
        // Marks of kana that found nothing to join.
        | '\u{3099}' | '\u{309a}'
        // Soft hyphen, joiners, direction marks, variation selectors, byte order mark, tags.
        | '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The letter that a mark makes of the one before it, where readers take the two for a letter of its own: `й`, `ў`, `ї`,
/// voiced kana, and the syllables of Korean.
pub(super) fn joined(before: char, mark: char) -> Option<char> {
    match (before, mark) {
        ('и', '\u{306}') => Some('й'),
        ('у', '\u{306}') => Some('ў'),
        ('і', '\u{308}') => Some('ї'),
        (_, '\u{3099}' | '\u{309a}') => joined_kana(before, mark == '\u{3099}'),
        (_, '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}') => joined_hangul(before, mark),
        _ => None,
    }
}

/// Behind each kana that can be voiced comes the voiced one; behind those in h also one in p.
fn joined_kana(kana: char, is_voiced: bool) -> Option<char> {
    let code = u32::from(kana);
    let hiragana = if code >= 0x30a1 { code - 0x60 } else { code };
    let step = match hiragana {
        0x306f | 0x3072 | 0x3075 | 0x3078 | 0x307b => 2 - u32::from(is_voiced),
        _ if !is_voiced => return None,
        // Ka to chi are the odd ones.
        0x304b..=0x3062 if hiragana % 2 == 1 => 1,
        0x3064 | 0x3066 | 0x3068 | 0x309d => 1,
        0x3046 => 0x4e,
        0x308f..=0x3092 if code != hiragana => 8,
        _ => return None,
    };
    char::from_u32(code + step)
}

/// The arithmetic of the Unicode Standard, section 3.12.
fn joined_hangul(before: char, jamo: char) -> Option<char> {
    const SYLLABLES: u32 = 0xac00;
    const VOWELS: u32 = 21;
    const FINALS: u32 = 28;
    let (before, jamo) = (u32::from(before), u32::from(jamo));
    let code = match (before, jamo) {
        (0x1100..=0x1112, 0x1161..=0x1175) => SYLLABLES + ((before - 0x1100) * VOWELS + jamo - 0x1161) * FINALS,
        (SYLLABLES..=0xd7a3, 0x11a8..=0x11c2) if (before - SYLLABLES).is_multiple_of(FINALS) => before + jamo - 0x11a7,
        _ => return None,
    };
    char::from_u32(code)
}

/// All other characters that are searched as something else, small letters only: each with what it is searched as,
/// sorted, with spaces between. One string, because it is the smallest form of such a table.
const OTHERS: &str = "\
    ªa «\" ²2 ³3 ´' ¹1 ºo »\" ßss æae þth ĳij ŀl œoe ǆdz ǉlj ǌnj ǣae ǯʒ ǳdz ǽae ʹ' ʼ' ΐι άα έε ήη ίι ΰυ ςσ ϊι ϋυ \
    όο ύυ ώω ϓϒ ϔϒ ѐе ёе ѓг ќк ѝи ѷѵ ӂж ӑа ӓа ӗе ӛә ӝж ӟз ӣи ӥи ӧо ӫө ӭэ ӯу ӱу ӳу ӵч ӹы \u{5be}- \u{5f3}' \
    \u{5f4}\" \u{622}\u{627} \u{623}\u{627} \u{624}\u{648} \u{625}\u{627} \u{626}\u{64a} \u{629}\u{647} \
    \u{649}\u{64a} \u{660}0 \u{661}1 \u{662}2 \u{663}3 \u{664}4 \u{665}5 \u{666}6 \u{667}7 \u{668}8 \u{669}9 \
    \u{671}\u{627} \u{6a9}\u{643} \u{6c0}\u{6d5} \u{6c2}\u{6c1} \u{6cc}\u{64a} \u{6d3}\u{6d2} \u{6f0}0 \u{6f1}1 \
    \u{6f2}2 \u{6f3}3 \u{6f4}4 \u{6f5}5 \u{6f6}6 \u{6f7}7 \u{6f8}8 \u{6f9}9 ऩन ऱर ऴळ क़क ख़ख ग़ग ज़ज ड़ड ढ़ढ फ़फ य़य \
    \u{9cb}\u{9c7}\u{9be} \u{9cc}\u{9c7}\u{9d7} ড়ড ঢ়ঢ য়য ਲ਼ਲ ਸ਼ਸ ਖ਼ਖ ਗ਼ਗ ਜ਼ਜ ਫ਼ਫ \u{b48}\u{b47}\u{b56} \
    \u{b4b}\u{b47}\u{b3e} \u{b4c}\u{b47}\u{b57} ଡ଼ଡ ଢ଼ଢ ஔஒ\u{bd7} \u{bca}\u{bc6}\u{bbe} \u{bcb}\u{bc7}\u{bbe} \
    \u{bcc}\u{bc6}\u{bd7} \u{c48}\u{c46}\u{c56} \u{cc0}\u{cbf}\u{cd5} \u{cc7}\u{cc6}\u{cd5} \
    \u{cc8}\u{cc6}\u{cd6} \u{cca}\u{cc6}\u{cc2} \u{ccb}\u{cc6}\u{cc2}\u{cd5} \u{d4a}\u{d46}\u{d3e} \
    \u{d4b}\u{d47}\u{d3e} \u{d4c}\u{d46}\u{d57} \u{dda}\u{dd9}\u{dca} \u{ddc}\u{dd9}\u{dcf} \
    \u{ddd}\u{dd9}\u{dcf}\u{dca} \u{dde}\u{dd9}\u{ddf} ဦဥ\u{102e} ᾽' ᾿' \u{2010}- \u{2011}- \u{2012}- \u{2013}- \
    \u{2014}- \u{2015}- ‘' ’' ‚' ‛' “\" ”\" „\" ‟\" ‥.. …... ′' ″\" ‹' ›' ⁃- \u{2212}- ﬀff ﬁfi ﬂfl ﬃffi ﬄffl ﬅst \
    ﬆst \u{fb1d}\u{5d9} \u{fb1f}\u{5f2} \u{fb2a}\u{5e9} \u{fb2b}\u{5e9} \u{fb2c}\u{5e9} \u{fb2d}\u{5e9} \
    \u{fb2e}\u{5d0} \u{fb2f}\u{5d0} \u{fb30}\u{5d0} \u{fb31}\u{5d1} \u{fb32}\u{5d2} \u{fb33}\u{5d3} \
    \u{fb34}\u{5d4} \u{fb35}\u{5d5} \u{fb36}\u{5d6} \u{fb38}\u{5d8} \u{fb39}\u{5d9} \u{fb3a}\u{5da} \
    \u{fb3b}\u{5db} \u{fb3c}\u{5dc} \u{fb3e}\u{5de} \u{fb40}\u{5e0} \u{fb41}\u{5e1} \u{fb43}\u{5e3} \
    \u{fb44}\u{5e4} \u{fb46}\u{5e6} \u{fb47}\u{5e7} \u{fb48}\u{5e8} \u{fb49}\u{5e9} \u{fb4a}\u{5ea} \
    \u{fb4b}\u{5d5} \u{fb4c}\u{5d1} \u{fb4d}\u{5db} \u{fb4e}\u{5e4}";

/// What a character of [`OTHERS`] is searched as.
pub(super) fn other(c: char) -> Option<&'static str> {
    let (mut low, mut high) = (0, OTHERS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let is_space = |byte: &u8| *byte == b' ';
        let start = OTHERS.as_bytes().get(low..middle)?.iter().rposition(is_space).map_or(low, |at| low + at + 1);
        let end = OTHERS.as_bytes().get(middle..high)?.iter().position(is_space).map_or(high, |at| middle + at);
        let record = OTHERS.get(start..end)?;
        let first = record.chars().next()?;
        match c.cmp(&first) {
            Ordering::Less => high = start.saturating_sub(1).max(low),
            Ordering::Greater => low = end + 1,
            Ordering::Equal => return record.get(first.len_utf8()..),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_record_is_found() {
        let mut last = '\0';
        for record in OTHERS.split(' ') {
            let mut chars = record.chars();
            let first = chars.next().unwrap();
            assert!(first > last, "{first}");
            last = first;
            assert_eq!(other(first), Some(chars.as_str()), "{record}");
            assert!(!chars.as_str().is_empty(), "{record}");
        }
        assert_eq!((other('a'), other('\u{10ffff}'), other('ж')), (None, None, None));
    }

    #[test]
    fn the_latin_tables_end_where_their_blocks_end() {
        assert_eq!((LATIN.len(), LATIN_ADDITIONAL.len()), (0x250 - 0xc0, 0x1f00 - 0x1e00));
        assert_eq!(
            (latin('Ÿ'), latin('ɏ'), latin('ỹ'), latin('×'), latin('a')),
            (Some('y'), Some('y'), Some('y'), None, None)
        );
    }
}
