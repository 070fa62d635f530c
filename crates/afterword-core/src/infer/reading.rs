//! A comment as it is read here: its own words, apart from those it quotes.

use super::fold::is_ideograph;
use crate::body::{Body, Event, Tag};

/// Stands in a text where words of somebody else were taken out.
pub(super) const QUOTED: char = '\u{fffc}';

/// Shorter quotes are figures of speech, such as “thanks for sharing”, and prove nothing. In characters; one that is read
/// by character counts twice.
pub(super) const QUOTE_WEIGHT_MIN: usize = 20;

/// More quotes of one comment are not looked up: nobody answers so many at once.
const QUOTES_MAX: usize = 8;

/// The words of a comment.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What its author says, a line for each paragraph or line break.
    pub own: String,
    /// What others are quoted with, each with its lines.
    pub quotes: Vec<String>,
}

/// Parts a text into what its author says and what is quoted: in `blockquote` and `q`, in lines behind `>`, and between
/// quotation marks where that is long enough to be somebody's sentence.
pub(super) fn read(body: &Body) -> Reading {
    let mut reading = Reading::default();
    let mut own = String::new();
    let mut quote = String::new();
    let mut depth = 0_usize;
    for event in body.events() {
        let into = if depth > 0 { &mut quote } else { &mut own };
        match event {
            Event::Open(element) => {
                if is_line(element.tag) {
                    into.push('\n');
                }
                depth += usize::from(is_quote(element.tag));
            }
            Event::Text(text) => into.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c })),
            Event::Close(tag) => {
                depth -= usize::from(is_quote(tag));
                if depth == 0 && is_quote(tag) {
                    reading.put_quote(std::mem::take(&mut quote));
                    own.push(QUOTED);
                }
                let into = if depth > 0 { &mut quote } else { &mut own };
                if is_line(tag) {
                    into.push('\n');
                }
            }
        }
    }
    reading.put_lines(&own);
    reading
}

fn is_quote(tag: Tag) -> bool {
    matches!(tag, Tag::Blockquote | Tag::Q)
}

fn is_line(tag: Tag) -> bool {
    tag == Tag::Br || tag.is_block()
}

impl Reading {
    fn put_quote(&mut self, quote: String) {
        if self.quotes.len() < QUOTES_MAX && weight(&quote) >= QUOTE_WEIGHT_MIN {
            self.quotes.push(quote);
        }
    }

    fn put_lines(&mut self, text: &str) {
        let mut behind_sign = String::new();
        for line in text.split('\n') {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if let Some(quoted) = line.strip_prefix(['>', '＞']) {
                behind_sign.push_str(quoted.trim_start_matches(['>', '＞', ' ']));
                behind_sign.push('\n');
                continue;
            }
            if !behind_sign.is_empty() {
                self.put_quote(std::mem::take(&mut behind_sign));
            }
            self.put_line(line);
        }
        if !behind_sign.is_empty() {
            self.put_quote(behind_sign);
        }
    }

    /// A line without the long quotes in it.
    fn put_line(&mut self, line: &str) {
        let mut rest = line;
        while let Some((at, mark)) = rest.char_indices().find(|&(_, c)| !closing(c).is_empty()) {
            let inside = rest.get(at + mark.len_utf8()..).unwrap_or_default();
            self.own.push_str(rest.get(..at).unwrap_or_default());
            match inside.find(closing(mark)) {
                Some(end) if weight(&inside[..end]) >= QUOTE_WEIGHT_MIN => {
                    self.own.push(QUOTED);
                    self.put_quote(inside[..end].to_owned());
                    rest = inside[end..].trim_start_matches(closing(mark));
                }
                // A short quote stays; its end must not pass for the start of another one.
                Some(end) => {
                    self.own.push(mark);
                    self.own.push_str(&inside[..end]);
                    let close = inside[end..].chars().next().map_or(0, char::len_utf8);
                    self.own.push_str(&inside[end..end + close]);
                    rest = &inside[end + close..];
                }
                None => {
                    self.own.push(mark);
                    rest = inside;
                }
            }
        }
        self.own.push_str(rest);
        self.own.push('\n');
    }
}

/// The marks that end what this one begins; none for all other characters.
fn closing(mark: char) -> &'static [char] {
    match mark {
        '"' => &['"'],
        '“' => &['”', '“'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '「' => &['」'],
        '『' => &['』'],
        _ => &[],
    }
}

/// How much a text says, in characters.
pub(super) fn weight(text: &str) -> usize {
    text.trim().chars().map(|c| if is_ideograph(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Policy, RawBody, RawHtml, sanitize};

    fn check(text: &str, own: &str, quotes: &[&str]) {
        let raw =
            if text.starts_with('<') { RawBody::Html(RawHtml::new(text)) } else { RawBody::Text(text.to_owned()) };
        let reading = read(&sanitize(&raw, &Policy::comment()));
        let lines: Vec<&str> = reading.own.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("|").replace(QUOTED, "#"), own, "{text:?}");
        let found: Vec<String> = reading.quotes.iter().map(|quote| quote.trim().replace('\n', "|")).collect();
        assert_eq!(found, quotes, "{text:?}");
    }

    #[test]
    fn own_words_and_those_of_others_are_parted() {
        check("One\nTwo", "One|Two", &[]);
        check("> a line of somebody else\n> and one more\nMine", "Mine", &["a line of somebody else|and one more"]);
        check("＞おじいさんは新聞紙で舟を\nうちも", "うちも", &["おじいさんは新聞紙で舟を"]);
        check(
            "He said “nothing is as short as this one” to me",
            "He said # to me",
            &["nothing is as short as this one"],
        );
        check("a \"short\" one and “another”", "a \"short\" one and “another”", &[]);
        check("5\" and more", "5\" and more", &[]);
        check("„Dreh den Kübel jede Woche um.“ Ja.", "# Ja.", &["Dreh den Kübel jede Woche um."]);
        check(
            "<p>A</p><blockquote><p>what somebody else<p>wrote before</blockquote>B",
            "A|#|B",
            &["what somebody else||wrote before"],
        );
        check(
            "<blockquote><blockquote>deep down it was her sentence</blockquote>x</blockquote>y",
            "#|y",
            &["deep down it was her sentence|x"],
        );
    }
}
