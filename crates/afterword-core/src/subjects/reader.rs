//! Cuts a comment into words, and the text of scripts without spaces into signs that can form words.

use super::language::{Language, Lexicon};
use crate::body::{BODY_SHOWN_BYTES_MAX, Event, Policy, RawBody, Tag, sanitize_up_to};

/// So much of a comment is read, in bytes of its source: an eighth of what is shown of it at first. Who writes more has
/// named his subjects by then.
const TEXT_BYTES_MAX: usize = BODY_SHOWN_BYTES_MAX / 8;

/// Longer words are none, in bytes: keys, hashes, lines of signs.
const WORD_BYTES_MAX: usize = 60;

/// So many hiragana may belong to a word behind a Han sign: 使い方, 肩こり.
const ENDING_SIGNS_MAX: usize = 2;

/// The longest stop word without spaces, in characters.
const STOP_SIGNS_MAX: usize = 4;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of a script with spaces, or of katakana.
    Word,
    /// Digits.
    Number,
    /// One Han sign.
    Sign,
    /// One hiragana that belongs to the Han sign before it.
    Ending,
    /// What no phrase crosses: punctuation, a line's end, words that are left out.
    Break,
}

/// A piece of text, by its place in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a comment as plain text, a line for each paragraph. What is quoted from others or from a machine is left
/// out.
pub(super) fn plain_text(raw: &RawBody, policy: &Policy) -> String {
    let body = sanitize_up_to(raw, policy, TEXT_BYTES_MAX);
    let mut text = String::new();
    let mut quoted = 0_u32;
    let is_quoting = |tag: Tag| matches!(tag, Tag::Blockquote | Tag::Pre);
    for event in body.events() {
        let part = match event {
            Event::Text(part) if quoted == 0 => part,
            Event::Text(_) => continue,
            Event::Open(element) => {
                quoted += u32::from(is_quoting(element.tag));
                if element.tag.is_block() || element.tag == Tag::Br { "\n" } else { "" }
            }
            Event::Close(tag) => {
                quoted -= u32::from(is_quoting(tag));
                if tag.is_block() { "\n" } else { "" }
            }
        };
        let is_line = part != "\n";
        text.extend(part.chars().map(|c| if c == '\n' && is_line { ' ' } else { c }));
    }
    text
}

/// The script of a character, as far as cutting goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Spaced,
    Han,
    Hiragana,
    Katakana,
    None,
}

fn script(c: char) -> Script {
    match c {
        '0'..='9' | 'A'..='Z' | 'a'..='z' => Script::Spaced,
        '\0'..='\u{7f}' => Script::None,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Katakana,
        '々'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        _ if c.is_alphanumeric() || is_mark(c) => Script::Spaced,
        _ => Script::None,
    }
}

/// Marks that belong to the letter before them, and signs inside of words that nobody sees.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{200c}' | '\u{200d}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Cuts a text. Pieces that follow each other with no [`Kind::Break`] between them stand side by side.
pub(super) fn read(text: &str, lexicon: &Lexicon, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let is_kana = |c| matches!(script(c), Script::Hiragana | Script::Katakana);
    let signs = if text.contains(is_kana) { Language::Japanese } else { Language::Chinese };
    let mut reader = Reader { text, at: 0, lexicon, signs, pieces };
    while let Some(c) = reader.peek() {
        reader.step(c);
    }
    reader.stop();
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    lexicon: &'a Lexicon,
    /// What Han signs are taken for.
    signs: Language,
    pieces: &'a mut Vec<Piece>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on to the first character for which `keep` does not hold.
    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        self.at += self.rest().find(|c| !keep(c)).unwrap_or(self.rest().len());
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.pieces.push(Piece { kind, start, end });
    }

    fn stop(&mut self) {
        if self.pieces.last().is_some_and(|last| last.kind != Kind::Break) {
            self.push(Kind::Break, self.at, self.at);
        }
    }

    /// Whether a piece ends right here.
    fn touches(&self) -> bool {
        self.pieces.last().is_some_and(|last| last.kind != Kind::Break && last.end == self.at)
    }

    fn step(&mut self, c: char) {
        match script(c) {
            Script::Spaced => self.word(),
            Script::Han => self.sign(c),
            Script::Katakana => self.katakana(),
            Script::Hiragana => self.hiragana(),
            Script::None => self.between(c),
        }
    }

    fn between(&mut self, c: char) {
        let touched = self.touches();
        self.at += c.len_utf8();
        match c {
            '\n' => self.stop(),
            // "anti-rust" is two words side by side, "rust - or not" is not.
            '-' | '\u{2010}' | '\u{2011}' if touched && self.peek().is_some_and(char::is_alphanumeric) => {}
            '@' => {
                // A name that is called, or the end of an address of mail.
                if touched {
                    self.pieces.pop();
                }
                self.skip_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
                self.stop();
            }
            _ if c.is_whitespace() => {}
            _ => self.stop(),
        }
    }

    /// A word, together with what an apostrophe joins to it.
    fn word(&mut self) {
        let start = self.at;
        self.skip_while(|c| script(c) == Script::Spaced);
        let end = self.at;
        if self.rest().starts_with("://") || self.text.get(start..end) == Some("www") && self.rest().starts_with('.') {
            self.skip_while(|c| !c.is_whitespace() && c.is_ascii());
            return self.stop();
        }
        let Some(apostrophe) = self.peek().filter(|c| is_apostrophe(*c)) else { return self.push_word(start, end) };
        let second = end + apostrophe.len_utf8();
        let joined = self.text.get(second..).unwrap_or("");
        let len = joined.find(|c| script(c) != Script::Spaced).unwrap_or(joined.len());
        if len == 0 {
            return self.push_word(start, end);
        }
        self.at = second + len;
        let is_short = |from: usize, to: usize| self.text.get(from..to).is_some_and(|part| part.chars().count() <= 2);
        if is_short(second, self.at) {
            // "don't" says nothing; "Ruben's" and "they've" are what they were without.
            if self.text.get(second..self.at).is_some_and(|part| part.eq_ignore_ascii_case("t")) {
                return self.stop();
            }
            self.push_word(start, end);
        } else if is_short(start, end) {
            // "l'huile", "d'olive".
            self.push_word(start, end);
            self.push_word(second, self.at);
        } else {
            self.push_word(start, self.at);
        }
    }

    fn push_word(&mut self, start: usize, end: usize) {
        let word = self.text.get(start..end).unwrap_or("");
        if word.len() > WORD_BYTES_MAX {
            return self.stop();
        }
        let kind = if word.chars().any(char::is_alphabetic) { Kind::Word } else { Kind::Number };
        self.push(kind, start, end);
    }

    fn katakana(&mut self) {
        let start = self.at;
        self.skip_while(|c| script(c) == Script::Katakana);
        self.push_word(start, self.at);
    }

    /// A Han sign, unless a stop word begins with it.
    fn sign(&mut self, c: char) {
        let start = self.at;
        if !self.lexicon.begins_stop_word(c) {
            self.at += c.len_utf8();
            return self.push(Kind::Sign, start, self.at);
        }
        let ends = self.rest().char_indices().map(|(at, c)| start + at + c.len_utf8()).take(STOP_SIGNS_MAX);
        let is_stop = |end: &usize| {
            self.text.get(start..*end).is_some_and(|word| self.lexicon.get(word).stop.contains(self.signs))
        };
        // A single sign of Japanese is a word by itself only where no other sign goes on with it: 人, but 人差し指.
        let is_word = |end: &usize| {
            let next = self.text.get(*end..).and_then(|rest| rest.chars().next());
            let alone = !self.touches_sign() && next.is_none_or(|next| script(next) != Script::Han);
            self.signs != Language::Japanese || *end > start + c.len_utf8() || alone
        };
        match ends.filter(is_stop).filter(is_word).last() {
            Some(end) => {
                self.at = end;
                self.stop();
                // What is written on behind a stop word in hiragana is its ending.
                self.skip_while(|c| script(c) == Script::Hiragana);
            }
            None => {
                self.at += c.len_utf8();
                self.push(Kind::Sign, start, self.at);
            }
        }
    }

    fn touches_sign(&self) -> bool {
        self.touches() && self.pieces.last().is_some_and(|last| matches!(last.kind, Kind::Sign | Kind::Ending))
    }

    /// Hiragana is grammar, but for the few that belong to the Han sign before them and make a noun of it.
    fn hiragana(&mut self) {
        const PARTICLES: &str = "はがをにのでともへやかねよな";
        // These go on with a verb or adjective: 使います, 使った, 甘くて.
        const OF_VERBS: &str = "るたてっまずすんばうらわさくだ";
        const OF_NOUNS: &str = "りしきみびぎちけげめれ";
        let start = self.at;
        let touches_sign = self.touches_sign();
        self.skip_while(|c| script(c) == Script::Hiragana);
        let run = self.text.get(start..self.at).unwrap_or("");
        let ending: Vec<char> =
            run.chars().take_while(|c| !PARTICLES.contains(*c)).take(ENDING_SIGNS_MAX + 1).collect();
        let whole = ending.len() == run.chars().count();
        // 使い方: between two signs one hiragana is enough. 肩こり: at the end it takes one that ends nouns.
        let is_inside = whole && self.peek().is_some_and(|c| script(c) == Script::Han);
        let ends_noun = ending.last().is_some_and(|c| OF_NOUNS.contains(*c));
        let is_noun = if is_inside { ending.len() == 1 } else { ends_noun };
        let is_verb = ending.iter().any(|c| OF_VERBS.contains(*c));
        if !touches_sign || !is_noun || is_verb || ending.len() > ENDING_SIGNS_MAX {
            return self.stop();
        }
        let mut at = start;
        for c in ending {
            self.push(Kind::Ending, at, at + c.len_utf8());
            at += c.len_utf8();
        }
        if !whole {
            self.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces that stand side by side are joined by `+`, breaks are `|`.
    fn check(text: &str, expected: &str) {
        let mut pieces = Vec::new();
        read(text, &Lexicon::build(), &mut pieces);
        let mut out = String::new();
        for piece in &pieces {
            if piece.kind != Kind::Break {
                let joint = if out.is_empty() || out.ends_with('|') { "" } else { "+" };
                out.push_str(joint);
                out.push_str(&text[piece.start..piece.end]);
            } else if !out.ends_with('|') {
                out.push('|');
            }
        }
        assert_eq!(out.trim_matches('|'), expected, "{text:?}");
    }

    #[test]
    fn words_stand_side_by_side_until_punctuation() {
        check("A foam roller, twice.", "A+foam+roller|twice");
        check("foam-roller - or rope", "foam+roller|or+rope");
        check("WD-40 (oil)", "WD+40|oil");
        check("größe e\u{301}te\u{301} שָׁלוֹם", "größe+e\u{301}te\u{301}+שָׁלוֹם");
    }

    #[test]
    fn apostrophes_join_or_part() {
        check("don't buy Ruben's l'huile d’olive aujourd’hui 'quoted'", "buy+Ruben+l+huile+d+olive+aujourd’hui|quoted");
    }

    #[test]
    fn addresses_and_called_names_are_left_out() {
        check("see https://example.com/foam-roller here", "see|here");
        check("www.example.com/a, write to ann@example.com now", "write+to|now");
        check("@Ann_Lee: rope #knots", "rope|knots");
        check("見てhttps://example.com/砥石", "見|砥+石");
    }

    #[test]
    fn japanese_falls_into_signs_and_words_of_katakana() {
        check("肩こりにはストレッチが一番です。", "肩+こ+り|ストレッチ");
        check("砥石の使い方を覚えました", "砥+石|使+い+方|覚");
        check("包丁を研ぎます。研ぎが甘い。", "包+丁|研|研+ぎ|甘");
        check("筋膜リリースとか、私の人差し指", "筋+膜+リリース|人+差+し+指");
    }

    #[test]
    fn chinese_falls_into_signs_between_small_words() {
        check("我觉得泡沫轴很有用，谢谢分享！", "泡+沫+轴");
    }
}
