//! Light suffix rules: one key for the forms of a word. The key is never shown, so it need not be a word; what matters is
//! that no two words share it by accident. Endings that make other words (German -er, English -er and -ly, Spanish -o and
//! -a) are therefore left alone.

use super::language::Language;

/// So many letters stay at least; shorter stems meet by accident.
const STEM_MIN: usize = 3;

/// The key of a folded word.
pub(super) fn stem(word: &str, language: Language) -> String {
    match language {
        Language::English => english(word),
        Language::German => german(word),
        Language::French => french(word),
        Language::Spanish => spanish(word),
        Language::Portuguese => portuguese(word),
        Language::Arabic => arabic(word),
        Language::Hebrew => hebrew(word),
        Language::Japanese | Language::Chinese => word.to_owned(),
    }
}

/// What is left without an ending, if that is at least `least` letters.
fn without<'a>(word: &'a str, ending: &str, least: usize) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|rest| rest.chars().count() >= least)
}

/// What is left without the first of these endings that fits.
fn without_any<'a>(word: &'a str, endings: &[&str], least: usize) -> Option<&'a str> {
    endings.iter().find_map(|ending| without(word, ending, least))
}

/// Plurals, -ing and -ed: "knives", "stretched", "rolling".
fn english(word: &str) -> String {
    let has_vowel = |stem: &&str| stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if let Some(stem) = without_any(word, &["ies", "ied"], STEM_MIN - 1) {
        return format!("{stem}y");
    }
    let singular = match without(word, "s", STEM_MIN - 1) {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => without_any(stem, &["e"], STEM_MIN)
            .filter(|stem| ["ss", "sh", "ch", "x", "z"].iter().any(|hiss| stem.ends_with(hiss)))
            .unwrap_or(stem),
        _ => word,
    };
    let verb = without_any(singular, &["ing", "ed"], STEM_MIN).filter(has_vowel);
    let mut stem = verb.unwrap_or(singular).to_owned();
    // "stopped", "planning"; but "rolled", "pressed" and "buzzing" have two of their own.
    let doubled =
        verb.is_some() && ["bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt"].iter().any(|end| stem.ends_with(end));
    if doubled || without(&stem, "e", STEM_MIN - 1).is_some() {
        stem.pop();
    }
    // "knif" of "knife", "kniv" of "knives".
    if stem.ends_with('v') {
        stem.pop();
        stem.push('f');
    }
    stem
}

/// -e, -en, -es, -em, -n and -s; umlauts are folded already.
fn german(word: &str) -> String {
    let stem = without_any(word, &["en", "es", "em", "e"], STEM_MIN + 1)
        .or_else(|| without(word, "n", STEM_MIN + 1).filter(|stem| stem.ends_with(['r', 'l'])))
        .or_else(|| without(word, "s", STEM_MIN + 1).filter(|stem| !stem.ends_with(['s', 'u', 'i', 'a', 'o'])));
    stem.unwrap_or(word).to_owned()
}

/// Plurals, the -e of the feminine, and the commonest forms of verbs in -er.
fn french(word: &str) -> String {
    if let Some(stem) = without(word, "aux", STEM_MIN) {
        return format!("{stem}al");
    }
    let singular = without_any(word, &["s", "x"], STEM_MIN).unwrap_or(word);
    without_any(singular, &["ee", "er", "ez", "e"], STEM_MIN + 1).unwrap_or(singular).to_owned()
}

/// Plurals.
fn spanish(word: &str) -> String {
    if let Some(stem) = without(word, "ces", STEM_MIN - 1) {
        return format!("{stem}z");
    }
    let hard = without(word, "es", STEM_MIN).filter(|stem| stem.ends_with(['l', 'r', 'n', 'd', 'j', 'y']));
    let soft = || without(word, "s", STEM_MIN).filter(|stem| stem.ends_with(['a', 'e', 'o', 'i', 'u']));
    hard.or_else(soft).unwrap_or(word).to_owned()
}

/// Plurals.
fn portuguese(word: &str) -> String {
    const PLURALS: [(&str, &str); 6] =
        [("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("ns", "m")];
    for (plural, singular) in PLURALS {
        if let Some(stem) = without(word, plural, STEM_MIN - 1) {
            return format!("{stem}{singular}");
        }
    }
    let hard = without(word, "es", STEM_MIN).filter(|stem| stem.ends_with(['r', 'z']));
    hard.or_else(|| without(word, "s", STEM_MIN)).unwrap_or(word).to_owned()
}

/// The article and the small words that are written with it.
fn arabic(word: &str) -> String {
    const PREFIXES: [&str; 9] = ["وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ب"];
    // One letter is more often the first of the word itself.
    let least = |prefix: &str| if prefix.chars().count() == 1 { STEM_MIN + 2 } else { STEM_MIN };
    let strip = |prefix: &&str| word.strip_prefix(*prefix).filter(|rest| rest.chars().count() >= least(prefix));
    PREFIXES.iter().find_map(strip).unwrap_or(word).to_owned()
}

/// The article and the small words that are written with the word; as one letter means little, four have to be left
/// unless it is the article.
fn hebrew(word: &str) -> String {
    const PREFIXES: [(&str, usize); 10] = [
        ("וה", STEM_MIN),
        ("שה", STEM_MIN),
        ("מה", STEM_MIN),
        ("כשה", STEM_MIN),
        ("ה", STEM_MIN),
        ("ו", STEM_MIN + 1),
        ("ב", STEM_MIN + 1),
        ("ל", STEM_MIN + 1),
        ("ש", STEM_MIN + 1),
        ("מ", STEM_MIN + 1),
    ];
    let strip =
        |(prefix, least): &(&str, usize)| word.strip_prefix(*prefix).filter(|rest| rest.chars().count() >= *least);
    PREFIXES.iter().find_map(strip).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold;

    fn check(language: Language, same: &[&str], apart: &[&str]) {
        let key = |word: &str| stem(&fold(word), language);
        for forms in same {
            let keys: Vec<String> = forms.split(' ').map(key).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{forms}: {keys:?}");
        }
        for words in apart {
            let mut keys: Vec<String> = words.split(' ').map(key).collect();
            keys.sort_unstable();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{words}: {keys:?}");
        }
    }

    #[test]
    fn forms_of_a_word_share_a_key_and_other_words_do_not() {
        check(
            Language::English,
            &[
                "stretch stretches stretched stretching",
                "knife knives",
                "stop stopped stopping",
                "roll rolls rolling",
                "try tries tried",
                "box boxes",
                "make makes making",
                "glove gloves",
                "press presses pressed",
            ],
            &["bed bee", "spring spry", "thing thin", "glass glas", "bus bu", "roll roller", "oil oily", "string str"],
        );
        check(
            Language::German,
            &["Schulter Schultern", "Übung Übungen", "Stein Steine Steinen Steins Steines", "Messer Messern Messers"],
            &["Messer messen", "Glas Gla", "Öl Öle", "Riemen Riese"],
        );
        check(
            Language::French,
            &["pierre pierres", "cheval chevaux", "affûter affûté affûtée affûtez"],
            &["bois boire", "cuir cuivre"],
        );
        check(
            Language::Spanish,
            &["hombro hombros", "dolor dolores", "luz luces", "almohada almohadas"],
            &["cuchillo cuchilla"],
        );
        check(
            Language::Portuguese,
            &["botão botões", "lençol lençóis", "imagem imagens", "dor dores"],
            &["pedra pedro"],
        );
        check(Language::Arabic, &["كتف الكتف والكتف بالكتف للكتف", "وسادة الوسادة"], &["ولد لد"]);
        check(Language::Hebrew, &["סכין הסכין והסכין שהסכין", "זווית הזווית בזווית לזווית"], &["מים ים"]);
    }
}
