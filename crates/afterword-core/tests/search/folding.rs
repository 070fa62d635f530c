//! Folding against the reference of Unicode normalization, and over all characters.

use super::marked;
use afterword_core::search::{Query, Term, fold, with_term};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn check(text: &str, expected: &str) {
    assert_eq!(fold(text), expected, "{text:?}");
}

#[test]
fn what_folds_to_what() {
    check("Straße STRASSE ẞ", "strasse strasse ss");
    check("Àéîõü Çñ Øł ÆŒ Þorn đð İı", "aeiou cn ol aeoe thorn dd ii");
    check("Tiếng Việt Đường Nguyễn", "tieng viet duong nguyen");
    check("ΆΈΉ ᾳ ᾼ Ὅς σοφός", "αεη α α οσ σοφοσ");
    check("Ёлка йод Їжак ўсё за\u{301}мок", "елка йод їжак ўсе замок");
    check("ﬁn oﬃce ½ m² Ａｂｃ１！", "fin office ½ m2 abc1!");
    check("ｶﾞｷﾞ ﾊﾟ か\u{3099} ウ\u{3099}", "ガギ パ が ヴ");
    check("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한국");
    check("مُحَمَّد أحمد آل إلى مـــد ٢٠١٢", "محمد احمد ال الي مد 2012");
    check("שָׁלוֹם צה״ל תל־אביב", "שלום צה\"ל תל-אביב");
    check("“a” „b“ «c» it’s – — … x\u{ad}y z\u{200b}z", "\"a\" \"b\" \"c\" it's - - ... xy zz");
    check("a \t\n\u{a0}\u{3000}b\r\nc\0d", "a b c d");
    check("👩\u{200d}💻 ❤\u{fe0f} 1\u{fe0f}\u{20e3}", "👩💻 ❤ 1");
    check("K Å Ω", "k a ω");
}

/// The scripts in which composed and decomposed text fold to the same. What is missing: signs of mathematics with a
/// stroke, accents that stand alone, and some scripts that are seldom written (Balinese, Kaithi, Chakma, …).
fn is_covered(c: char) -> bool {
    !matches!(c, '\u{385}' | '\u{1fc1}' | '\u{1fcd}'..='\u{1fcf}' | '\u{1fdd}'..='\u{1fdf}' | '\u{1fed}' | '\u{1fee}'
        | '\u{1b00}'..='\u{1b7f}' | '\u{2190}'..='\u{22ff}' | '\u{10000}'..)
}

#[test]
fn every_character_folds_once_and_for_all_whatever_its_form() {
    // Han and the syllables of Korean are each like the other; what is beyond folds to itself.
    let letters = ('\0'..='\u{33ff}').chain('\u{a000}'..='\u{ac40}').chain('\u{d780}'..='\u{d7ff}');
    for c in letters.chain('\u{f900}'..='\u{11fff}').chain('\u{1d000}'..='\u{1e95f}') {
        let composed: String = c.nfc().collect();
        let decomposed: String = c.nfd().collect();
        let folded = fold(&composed);
        assert_eq!(fold(&folded), folded, "{c:?} {:04x}", u32::from(c));
        let is_covered = composed.chars().all(is_covered);
        assert!(!is_covered || fold(&decomposed) == folded, "{c:?} {:04x} {composed:?} {decomposed:?}", u32::from(c));
        let alone = fold(&c.to_string());
        assert_eq!(fold(&alone), alone, "{c:?} {:04x}", u32::from(c));
    }
}

#[test]
fn what_joins_is_as_long_as_before() {
    // `ranges_in` relies on it: a mark that joins does not move what comes after it.
    for (before, mark) in
        [("и", '\u{306}'), ("і", '\u{308}'), ("か", '\u{3099}'), ("ハ", '\u{309a}'), ("가", '\u{11a8}')]
    {
        let joined = fold(&format!("{before}{mark}"));
        assert_eq!((joined.chars().count(), joined.len()), (1, before.len()), "{before}");
        assert_ne!(joined, before);
    }
}

#[test]
fn places_of_matches() {
    let check = |query, text, expected: &[&str]| assert_eq!(marked(query, text), expected, "{query:?} in {text:?}");
    check("strasse", "Die Straße, die STRASSE", &["Straße", "STRASSE"]);
    check("cafe", "Café, cafe\u{301}! café", &["Café", "cafe\u{301}", "café"]);
    check("s", "Straße", &["S", "ß"]);
    check("\"foam roller\"", "a foam \n\t roller, foamroller", &["foam \n\t roller"]);
    check("foam roll oam", "foam rollers", &["foam", "roll"]);
    check("foam oamy", "foamy", &["foamy"]);
    check("💻", "👩\u{200d}💻!", &["💻"]);
    check("が", "か\u{3099}が", &["か\u{3099}が"]);
    check("dots...", "dots…", &["dots…"]);
    check("hyphen", "hy\u{ad}phen\u{ad}", &["hy\u{ad}phen\u{ad}"]);
    check("author:ann after:2012 x", "ann 2012 x", &["x"]);
    check("x", "", &[]);
    check("", "x", &[]);
}

proptest! {
    #[test]
    fn folding_is_idempotent(text in "\\PC{0,20}[a-zА-яか-ほ가각\u{300}-\u{308}\u{3099}\u{1100}-\u{11c2}\\s]{0,20}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn forms_of_one_text_fold_to_the_same(
        text in "[ -~À-ɏΆ-ώА-ӹא-ת\u{591}-\u{5c7}\u{620}-\u{6d3}\u{904}-\u{97f}Ḁ-ỹἀ-ᾴぁ-ヺ가-힣\u{300}-\u{308}\u{3099}]{0,30}"
    ) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(fold(&composed), fold(&decomposed));
    }

    #[test]
    fn every_place_holds_the_word(text in "[aAáß\u{301}\u{ad} sSか\u{3099}がй\u{306}и👩\u{200d}]{0,40}", from in 0_usize..40, len in 1_usize..4) {
        let word: String = text.chars().skip(from).take(len).collect();
        let needle = fold(&word).trim().to_owned();
        let query = Query::parse(&with_term("", &Term::Phrase(word.clone()))).unwrap();
        let ranges = query.ranges_in(&text);
        let units: Vec<u16> = text.encode_utf16().collect();
        prop_assert_eq!(ranges.is_empty(), query.is_empty() || !fold(&text).contains(&needle));
        for range in &ranges {
            let part = String::from_utf16(&units[range.start as usize..range.end as usize]);
            prop_assert!(part.is_ok_and(|part| fold(&part).contains(&needle)), "{:?} {:?} {:?}", text, word, range);
        }
        prop_assert!(ranges.windows(2).all(|two| two[0].end < two[1].start));
    }
}
