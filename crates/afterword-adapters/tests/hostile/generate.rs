//! Files of comments with one fault each, the same for the same seed.

use serde_json::{Value, json};

/// What decoding such a file must come to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// So many comments, and a warning of each of these kinds and of no other.
    Kept(usize, &'static [Kind]),
    /// As many comments as stand before the cut; an error if there is none.
    KeptBeforeCut,
    /// An error of this kind.
    Refused(Refusal),
}

/// The kinds of error, without their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Html,
    Root,
    NoItems,
    TooDeep,
}

pub(crate) use afterword_core::model::WarningKind as Kind;

/// One file.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) outcome: Outcome,
}

/// SplitMix64: enough for test data, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// So many different numbers below the bound, in no order.
    fn sample(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..bound).collect();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

const NAMES: [&str; 6] = ["Mina", "Oskar", "Renée", "陈静", "ليلى", "Ծովինար"];
const WORDS: [&str; 10] = ["hinge", "oil", "plank", "creak", "screw", "damp", "weather", "again", "never", "sunday"];

/// Texts that break layouts, scripts and parsers.
fn awkward_texts() -> Vec<String> {
    [
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "\u{202e}gpj.exe",
        "\u{2066}\u{2067}abc",
        "\u{200b}\u{200d}\u{feff}",
        "\0mid\0",
        "𝕬𝖉𝖒𝖎𝖓",
        "аdmin",
        "שלום עולם",
        "مرحبا",
        "\u{2028}\u{2029}x",
        "\u{85}\r\n\tx",
        "&lt;b&gt;",
        "<b>bold</b>",
        "javascript:alert(1)",
        "..",
        "__proto__",
        "null",
        "\\",
        "\"",
        "</script>",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([format!("e{}", "\u{301}".repeat(200)), "ﷺ".repeat(300), "x".repeat(200_000)])
    .collect()
}

/// A comment whose text holds its number, so that a lost or doubled one is noticed.
fn comment(random: &mut Random, number: usize, parent: Option<usize>) -> Value {
    let words: Vec<&str> = (0..3 + random.below(20)).map(|_| random.pick(&WORDS)).collect();
    json!({
        "id": number.to_string(),
        "content_html": format!("<p>#{number}# {}</p>", words.join(" ")),
        "authors": [{"name": random.pick(&NAMES)}],
        "date_published": format!("2012-01-{:02}T{:02}:{:02}:00Z", 1 + number % 28, number % 24, number % 60),
        "_thread": {"in_reply_to": parent.map(|parent| parent.to_string())},
    })
}

fn tree(random: &mut Random, size: usize) -> Vec<Value> {
    let mut items = Vec::with_capacity(size);
    for number in 0..size {
        let parent = (number > 0 && random.below(5) > 0).then(|| random.below(number));
        items.push(comment(random, number, parent));
    }
    items
}

fn answer(items: &mut [Value], child: usize, parent: usize) {
    items[child]["_thread"]["in_reply_to"] = json!(parent.to_string());
}

fn feed(items: Value) -> Value {
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "Comments", "items": items})
}

/// Every case of one seed.
pub(crate) fn cases(seed: u64) -> Vec<Case> {
    let mut random = Random(seed);
    let size = 20 + random.below(40);
    let mut cases = Vec::new();
    shapes(&mut random, size, &mut cases);
    fields(&mut random, size, &mut cases);
    encodings(&mut random, &mut cases);
    roots(&mut random, &mut cases);
    pages(&mut random, &mut cases);
    cases
}

fn put(cases: &mut Vec<Case>, name: &str, bytes: impl Into<Vec<u8>>, outcome: Outcome) {
    cases.push(Case { name: name.to_owned(), bytes: bytes.into(), outcome });
}

fn put_items(cases: &mut Vec<Case>, name: &str, items: Vec<Value>, kinds: &'static [Kind]) {
    let outcome = Outcome::Kept(items.len(), kinds);
    put(cases, name, feed(items.into()).to_string(), outcome);
}

/// Parents that are no tree: decoding keeps them as they are, threading copes.
fn shapes(random: &mut Random, size: usize, cases: &mut Vec<Case>) {
    for ring_size in [1, 2, 5] {
        let mut items = tree(random, size);
        let ring = random.sample(size, ring_size);
        for (index, child) in ring.iter().enumerate() {
            answer(&mut items, *child, ring[(index + 1) % ring_size]);
        }
        put_items(cases, &format!("cycle-of-{ring_size}"), items, &[]);
    }
    let mut items = tree(random, size);
    for child in random.sample(size, 6) {
        answer(&mut items, child, 1_000_000 + child);
    }
    put_items(cases, "missing-parent", items, &[]);
    let mut items = tree(random, size);
    random.shuffle(&mut items);
    put_items(cases, "child-before-parent", items, &[]);
}

/// Fields that hold what they should not.
fn fields(random: &mut Random, size: usize, cases: &mut Vec<Case>) {
    let mut with_values = |name: &str, field: &str, values: Vec<Value>, kinds: &'static [Kind]| {
        let mut items = tree(random, size);
        for (index, value) in random.sample(size, values.len()).into_iter().zip(values) {
            items[index][field] = value;
        }
        put_items(cases, name, items, kinds);
    };
    let dates = json!([
        "",
        "not a date",
        "2026-02-30T25:61:00Z",
        null,
        -1,
        1e20,
        "NaN",
        0,
        "9999-12-31T23:59:59+14:00",
        "2026-01-01",
        {},
        []
    ]);
    with_values("bad-dates", "date_published", list(dates), &[Kind::DateInvalid]);
    let bodies = json!([null, 1, true, [], {}, 1.5, "", "         "]);
    with_values("bodies-of-wrong-type", "content_html", list(bodies), &[Kind::WrongType, Kind::BodyMissing]);
    let ids = json!([100_012, 100_012.5, -1, 9_007_199_254_740_993_u64, "a b\"<", "", null, "../../x"]);
    with_values("odd-ids", "id", list(ids), &[Kind::IdMissing]);
    let authors = json!([null, [], [{}], "Mina", {"name": "Mina"}, [{"name": 7}], [{"url": "javascript:1"}]]);
    with_values("authors-of-wrong-type", "authors", list(authors), &[Kind::WrongType]);
    let threads = json!([null, 3, "x", [], {"in_reply_to": {}}, {"votes": {"up": -4, "down": "many"}}]);
    with_values("thread-of-wrong-type", "_thread", list(threads), &[Kind::WrongType]);

    let mut items = tree(random, size);
    let pair = random.sample(size, 2);
    items[pair[0]]["id"] = items[pair[1]]["id"].clone();
    put_items(cases, "duplicate-id", items, &[Kind::IdDuplicate]);

    let texts = awkward_texts();
    let mut items = tree(random, texts.len() * 2);
    for (index, text) in texts.iter().enumerate() {
        items[index]["authors"] = json!([{"name": text}]);
        items[texts.len() + index]["content_html"] = json!(text);
    }
    put_items(cases, "unicode", items, &[Kind::TooLong]);

    let twice = r#"{"items":[{"id":"1","id":"2","content_text":"a","content_text":"b"}]}"#;
    put(cases, "duplicate-keys", twice, Outcome::Kept(1, &[]));
    let proto = r#"{"items":[{"id":"1","__proto__":{"p":1},"constructor":{"prototype":{"p":1}},"content_text":"x"}]}"#;
    put(cases, "proto-keys", proto, Outcome::Kept(1, &[]));
}

fn list(values: Value) -> Vec<Value> {
    values.as_array().unwrap().clone()
}

/// Bytes that are no good text, and files that stop.
fn encodings(random: &mut Random, cases: &mut Vec<Case>) {
    let text = feed(tree(random, 9).into()).to_string();
    let lone = text.replacen("<p>", "<p>\\ud83d lone \\udc00 ", 1);
    put(cases, "lone-surrogates", lone, Outcome::Kept(9, &[Kind::TextMended]));
    put(cases, "bom", [b"\xef\xbb\xbf", text.as_bytes()].concat(), Outcome::Kept(9, &[]));
    let bytes: Vec<u8> =
        text.bytes().flat_map(|byte| if byte == b'#' { vec![byte, 0xff, 0xfe] } else { vec![byte] }).collect();
    put(cases, "invalid-utf8", bytes, Outcome::Kept(9, &[Kind::TextMended]));
    let renamed = text.replace("Mina", "Renée").replace("陈静", "Renée").replace("ليلى", "Renée");
    let latin: Vec<u8> = renamed.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    let kinds: &[Kind] = if renamed.contains('é') { &[Kind::TextMended] } else { &[] };
    put(cases, "latin-1", latin, Outcome::Kept(9, kinds));
    let whole = feed(tree(random, 50).into()).to_string();
    for _ in 0..4 {
        let cut = 10 + random.below(whole.len() - 15);
        put(cases, "truncated", whole.as_bytes()[..cut].to_vec(), Outcome::KeptBeforeCut);
    }
    put(cases, "html-for-json", "<!doctype html><title>502 Bad Gateway</title>", Outcome::Refused(Refusal::Html));
}

/// Documents of the wrong form.
fn roots(random: &mut Random, cases: &mut Vec<Case>) {
    for (name, text) in [("null", "null"), ("array", "[]"), ("string", "\"x\""), ("number", "1"), ("true", "true")] {
        put(cases, &format!("root-{name}"), text, Outcome::Refused(Refusal::Root));
    }
    for (name, text) in [("object", "{}"), ("items-null", r#"{"items":null}"#), ("items-object", r#"{"items":{}}"#)] {
        put(cases, &format!("root-{name}"), text, Outcome::Refused(Refusal::NoItems));
    }
    let mixed = feed(json!([1, "x", null, [], comment(random, 1, None)]));
    put(cases, "root-items-mixed", mixed.to_string(), Outcome::Kept(1, &[Kind::ItemUnreadable]));
    let bare = json!({"items": tree(random, 3)});
    put(cases, "root-no-version", bare.to_string(), Outcome::Kept(3, &[]));
    let deep = format!("{{\"items\":{}", "[".repeat(100_000));
    put(cases, "json-100000-deep", deep, Outcome::Refused(Refusal::TooDeep));
    let deep_item = format!(
        "{{\"items\":[{},{}{},{}]}}",
        comment(random, 0, None),
        "[".repeat(100_000),
        "]".repeat(100_000),
        comment(random, 1, None)
    );
    put(cases, "deep-item", deep_item, Outcome::Kept(2, &[Kind::ItemUnreadable]));
}

/// Files that lead on.
fn pages(random: &mut Random, cases: &mut Vec<Case>) {
    for (name, next) in [("loop", "comments.json"), ("elsewhere", "https://elsewhere.example/more.json")] {
        let mut document = feed(tree(random, 5).into());
        document["next_url"] = json!(next);
        put(cases, &format!("next-url-{name}"), document.to_string(), Outcome::Kept(5, &[]));
    }
}

/// The large ones: chains in which each comment answers the one before, so many comments, and one body of 10 MB.
pub(crate) fn large(seed: u64, count: usize) -> Vec<Case> {
    let mut random = Random(seed);
    let mut cases = Vec::new();
    for depth in [100, 600, 2_000, 10_000] {
        let items = (0..depth).map(|number: usize| comment(&mut random, number, number.checked_sub(1))).collect();
        put_items(&mut cases, &format!("chain-{depth}"), items, &[]);
    }
    put_items(&mut cases, "many-comments", tree(&mut random, count), &[]);
    let mut items = tree(&mut random, 10);
    items[0]["content_html"] = json!("y ".repeat(5_000_000));
    put_items(&mut cases, "10-MB-body", items, &[]);
    cases
}
