//! The languages whose small words and endings are known, and what is known of each.

use super::stem::stem;
use super::stop::{links, stop_words};
use crate::search::fold;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Portuguese,
    Japanese,
    Chinese,
    Arabic,
    Hebrew,
}

impl Language {
    pub(super) const ALL: [Self; 9] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Japanese,
        Self::Chinese,
        Self::Arabic,
        Self::Hebrew,
    ];

    /// Those that share an alphabet, so that only their words tell them apart.
    pub(super) const LATIN: [Self; 5] = [Self::English, Self::German, Self::French, Self::Spanish, Self::Portuguese];

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// For which languages something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Languages(u16);

impl Languages {
    pub(super) fn contains(self, language: Language) -> bool {
        self.0 & language.bit() != 0
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Where it says nothing.
    pub(super) stop: Languages,
    /// Where it may stand inside of a phrase.
    pub(super) link: Languages,
}

/// All stop words and links.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Folded and sorted.
    words: Vec<(String, Known)>,
    /// With what those of Japanese and Chinese begin, sorted: these are looked for at every sign.
    first_signs: Vec<char>,
}

impl Lexicon {
    pub(super) fn build() -> Self {
        let mut words = Vec::new();
        for language in Language::ALL {
            let only = Languages(language.bit());
            for word in stop_words(language).split_whitespace() {
                let folded = fold(word);
                let stem = stem(&folded, language);
                if stem != folded {
                    words.push((stem, Known { stop: only, ..Known::default() }));
                }
                words.push((folded, Known { stop: only, ..Known::default() }));
            }
            for word in links(language).split_whitespace() {
                words.push((fold(word), Known { link: only, ..Known::default() }));
            }
        }
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        words.dedup_by(|(word, known), (kept, all)| {
            let same = word == kept;
            if same {
                all.stop.0 |= known.stop.0;
                all.link.0 |= known.link.0;
            }
            same
        });
        let signs = [Language::Japanese, Language::Chinese].into_iter().map(stop_words);
        let mut first_signs: Vec<char> =
            signs.flat_map(str::split_whitespace).filter_map(|word| word.chars().next()).collect();
        first_signs.sort_unstable();
        first_signs.dedup();
        Self { words, first_signs }
    }

    /// Whether a stop word of Japanese or Chinese begins with this sign.
    pub(super) fn begins_stop_word(&self, sign: char) -> bool {
        self.first_signs.binary_search(&sign).is_ok()
    }

    /// What is known of a folded word or stem; for one that is in no list, nothing.
    pub(super) fn get(&self, word: &str) -> Known {
        let at = self.words.binary_search_by(|(other, _)| other.as_str().cmp(word));
        at.ok().and_then(|at| self.words.get(at)).map(|(_, known)| *known).unwrap_or_default()
    }
}
