//! Words, names and bodies of made-up comments.

use super::random::Random;
use afterword_core::model::Author;

const STARTS: [&str; 22] = [
    "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "bl", "kr", "sn", "tr", "wh", "qu",
];
const VOWELS: [&str; 11] = ["a", "e", "i", "o", "u", "a", "e", "o", "ee", "oa", "ai"];
const ENDS: [&str; 11] = ["", "", "", "l", "m", "n", "r", "s", "t", "nk", "rd"];

/// How many different words there are.
const WORDS: u64 = 3000;
/// How many of them are common: half of all words said.
const COMMON_WORDS: u64 = 60;

pub(super) struct Words {
    list: Vec<String>,
}

impl Words {
    pub(super) fn new(random: &mut Random) -> Self {
        Self { list: (0..WORDS).map(|_| make_word(random)).collect() }
    }

    /// A word: one of the common ones as often as not, and among those the first most of all.
    fn word(&self, random: &mut Random) -> &str {
        let bound = if random.percent(50) { COMMON_WORDS } else { WORDS };
        let index = random.below(bound).min(random.below(bound));
        usize::try_from(index).ok().and_then(|index| self.list.get(index)).map_or("so", String::as_str)
    }

    pub(super) fn name(&mut self, random: &mut Random) -> String {
        format!("{} {}", capital(&make_word(random)), capital(&make_word(random)))
    }

    pub(super) fn author(&mut self, random: &mut Random) -> Author {
        let name = self.name(random);
        let url = random.percent(20).then(|| format!("https://{}.example/", make_word(random)));
        Author { name, url }
    }

    /// A body of so many words in one to three paragraphs, with the markup that people use.
    pub(super) fn body(&mut self, random: &mut Random, words_min: u64, words_max: u64) -> String {
        let mut left = random.between(words_min, words_max);
        let mut html = String::new();
        while left > 0 {
            let count = left.min(random.between(20, 60));
            let paragraph = self.paragraph(random, count);
            if random.percent(6) {
                html.push_str(&format!("<blockquote><p>{paragraph}</p></blockquote>"));
            } else {
                html.push_str(&format!("<p>{paragraph}</p>"));
            }
            left -= count;
        }
        html
    }

    fn paragraph(&self, random: &mut Random, count: u64) -> String {
        let mut text = String::new();
        let mut in_sentence = 0;
        for index in 0..count {
            if index > 0 {
                text.push(' ');
            }
            let word = if in_sentence == 0 { capital(self.word(random)) } else { self.word(random).to_owned() };
            in_sentence += 1;
            match random.below(1000) {
                0..12 => text.push_str(&format!("<strong>{word} {}</strong>", self.word(random))),
                12..18 => {
                    let address = format!("https://{}.example/{}", self.word(random), self.word(random));
                    text.push_str(&format!("<a href=\"{address}\">{word} {}</a>", self.word(random)));
                }
                18..22 => text.push_str(&format!("<code>{word}()</code>")),
                _ => text.push_str(&word),
            }
            if index + 1 == count || (in_sentence > 5 && random.percent(13)) {
                text.push('.');
                in_sentence = 0;
            } else if random.percent(6) {
                text.push(',');
            }
        }
        text
    }
}

fn make_word(random: &mut Random) -> String {
    let syllables = random.between(1, 3);
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(random.pick(&STARTS));
        word.push_str(random.pick(&VOWELS));
    }
    word + random.pick(&ENDS)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
