//! A document `{ … "items": [ … ] … }`, item by item.
//!
//! Each item is read on its own, so that a long file can be read in slices, a damaged item costs only itself, and a
//! file that was cut off keeps what came before the cut. The fields beside the items are gathered wherever they
//! stand.
//!
//! Long because the ways in which a reader finds back into a damaged file are one mechanism, with its tests beside it.

use super::{Cursor, JsonError, JsonErrorKind, Kind, Value, parse};
use std::borrow::Cow;
use std::ops::Range;

/// How many times the length of a document is looked at, at most, in search of the items after damaged ones. Bounds
/// the time that a file damaged on purpose can take; a file with a few damaged items needs a fraction of one.
const RESCUE_PASSES_MAX: usize = 16;

/// The field whose list is walked.
const ITEMS: &str = "items";

/// One item, read or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its place in the list, from 0, damaged ones counted.
    pub index: usize,
    /// What stands there, or why it could not be read.
    pub value: Result<Value, JsonError>,
    /// Whether a text in it had to be mended with U+FFFD.
    pub mended: bool,
}

/// Why a document has nothing to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootError {
    /// No bytes, or blanks only.
    Empty,
    /// It begins with `<`: markup.
    Html,
    /// JSON, but no object.
    Other(Kind),
    /// No JSON.
    Json(JsonError),
}

/// What was found beside the items.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The fields beside `items`, in order.
    pub head: Value,
    /// What stands in `items`; `None` if there is no such field.
    pub list: Option<Kind>,
    /// Where the document ends too early, or where nothing after could be made sense of. `None`: read to its end.
    pub stop: Option<JsonError>,
    /// Where something beside the items is damaged, although reading could go on after it.
    pub damage: Option<JsonError>,
    /// The document has nothing to walk.
    pub root: Option<RootError>,
    /// Whether a text beside the items had to be mended with U+FFFD.
    pub mended: bool,
}

/// Walks a document. Call [`ItemReader::next_item`] until it gives `None`, then [`ItemReader::finish`].
#[derive(Debug)]
pub struct ItemReader<'a> {
    bytes: Cow<'a, [u8]>,
    at: usize,
    state: State,
    index: usize,
    /// Where the last item stands.
    last: Range<usize>,
    head: Vec<(String, Value)>,
    list: Option<Kind>,
    stop: Option<JsonError>,
    damage: Option<JsonError>,
    root: Option<RootError>,
    mended: bool,
    /// How many bytes may still be looked at in search of items after damage.
    rescue_left: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing read yet.
    Start,
    /// Between the fields of the root.
    Fields,
    /// In the list of items.
    List,
    /// At the end, or stopped.
    Done,
}

impl<'a> ItemReader<'a> {
    /// Takes a document, borrowed or owned; nothing is read yet.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        let bytes = bytes.into();
        let rescue_left = bytes.len().saturating_mul(RESCUE_PASSES_MAX);
        Self {
            bytes,
            at: 0,
            state: State::Start,
            index: 0,
            last: 0..0,
            head: Vec::new(),
            list: None,
            stop: None,
            damage: None,
            root: None,
            mended: false,
            rescue_left,
        }
    }

    /// The next item; `None` at the end.
    pub fn next_item(&mut self) -> Option<Item> {
        loop {
            match self.state {
                State::Start => self.open_root(),
                State::Fields => self.read_field(),
                State::List => {
                    if let Some(item) = self.read_item() {
                        return Some(item);
                    }
                }
                State::Done => return None,
            }
        }
    }

    /// The item that [`ItemReader::next_item`] gave last, read once more: for who took it apart and wants it whole too.
    pub fn read_again(&self) -> Option<Value> {
        parse(self.bytes.get(self.last.clone())?).ok()
    }

    /// Reads what is left, items that nobody asked for included, and tells what there is beside them.
    pub fn finish(mut self) -> Outcome {
        while self.next_item().is_some() {}
        let Self { head, list, stop, damage, root, mended, .. } = self;
        Outcome { head: Value::Object(head), list, stop, damage, root, mended }
    }

    fn open_root(&mut self) {
        let mut cursor = Cursor::new(&self.bytes, 0);
        cursor.skip_mark();
        cursor.skip_blank();
        let first = cursor.peek();
        let at = cursor.at;
        self.state = State::Done;
        match first {
            Some(b'{') => {
                self.at = at + 1;
                self.state = State::Fields;
            }
            None => self.root = Some(RootError::Empty),
            Some(b'<') => self.root = Some(RootError::Html),
            Some(_) => {
                self.root = Some(match parse(&self.bytes) {
                    Ok(value) => RootError::Other(value.kind()),
                    // A long list that is cut off is still no object.
                    Err(_) if first == Some(b'[') => RootError::Other(Kind::Array),
                    Err(error) => RootError::Json(error),
                });
            }
        }
    }

    /// One field of the root, a comma, or its end.
    fn read_field(&mut self) {
        let mut cursor = Cursor::new(&self.bytes, self.at);
        cursor.skip_blank();
        if cursor.eat(b',') {
            self.at = cursor.at;
            return;
        }
        if cursor.eat(b'}') {
            cursor.skip_blank();
            let (at, rest) = (cursor.at, cursor.peek());
            self.at = at;
            match rest {
                None => self.state = State::Done,
                Some(_) => self.mend_root(JsonError { at, kind: JsonErrorKind::Unexpected }),
            }
            return;
        }
        let field = cursor.key().and_then(|key| {
            cursor.skip_blank();
            let opens_list = key == ITEMS && cursor.eat(b'[');
            let value = if opens_list { None } else { Some(cursor.value()?) };
            Ok((key, value))
        });
        self.mended |= cursor.mended;
        let at = cursor.at;
        match field {
            Ok((_, None)) => {
                self.at = at;
                self.list = Some(Kind::Array);
                self.state = State::List;
            }
            Ok((key, Some(value))) => {
                self.at = at;
                if key == ITEMS {
                    self.list = self.list.or(Some(value.kind()));
                } else {
                    self.head.push((key, value));
                }
            }
            Err(error) => self.mend_root(error),
        }
    }

    /// Something beside the items is damaged: goes on with the list if it is still to come, or with an item that
    /// stands where the root should have ended; else stops.
    fn mend_root(&mut self, error: JsonError) {
        let found = if self.list == Some(Kind::Array) {
            // One byte back, for a comma that has just been read.
            self.find_item(self.at.saturating_sub(1), self.bytes.len())
        } else {
            self.find_list(self.at)
        };
        match found {
            Some(at) => {
                self.at = at;
                self.damage = self.damage.or(Some(error));
                self.list = Some(Kind::Array);
                self.state = State::List;
            }
            None => {
                self.stop = Some(error);
                self.state = State::Done;
            }
        }
    }

    /// The next item, or `None` at the end of the list and where nothing can be read any more.
    fn read_item(&mut self) -> Option<Item> {
        let mut cursor = Cursor::new(&self.bytes, self.at);
        cursor.skip_blank();
        while cursor.eat(b',') {
            cursor.skip_blank();
        }
        let start = cursor.at;
        match cursor.peek() {
            Some(b']') => {
                self.at = start + 1;
                self.state = State::Fields;
                return None;
            }
            None => {
                self.stop = Some(cursor.fault(JsonErrorKind::UnexpectedEnd));
                self.state = State::Done;
                return None;
            }
            Some(_) => {}
        }
        let read = cursor.value();
        let mended = cursor.mended;
        let end = cursor.at;
        cursor.skip_blank();
        let ends_well = matches!(cursor.peek(), None | Some(b',' | b']' | b'{'));
        let next = match &read {
            Ok(_) if ends_well => Some(end),
            // A brace too many, say: the item is whole, what follows it is not.
            Ok(_) => self.find_item(end, self.bytes.len()),
            Err(_) => self.find_next(start),
        };
        let stop = match (&read, next) {
            (_, Some(_)) => None,
            (Ok(_), None) => Some(JsonError { at: end, kind: JsonErrorKind::Unexpected }),
            (Err(error), None) => Some(*error),
        };
        if let Some(next) = next {
            self.at = next;
        }
        if stop.is_some() {
            self.stop = stop;
            self.state = State::Done;
            if stop.is_some_and(|error| error.kind == JsonErrorKind::UnexpectedEnd) {
                return None;
            }
        }
        let index = self.index;
        self.index += 1;
        self.last = start..end;
        Some(Item { index, value: read, mended })
    }

    /// Where to go on after the damaged item at `start`: after its closing bracket, or at an item before that, for
    /// then a quotation mark is missing and what looked like the bracket stands in a text.
    fn find_next(&mut self, start: usize) -> Option<usize> {
        let end = self.find_end(start);
        self.find_item(start + 1, end.unwrap_or(self.bytes.len())).or(end)
    }

    /// Where the value at `start` ends by its brackets and quotation marks alone, if a comma or bracket follows.
    fn find_end(&mut self, start: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut in_string = false;
        let mut escaped = false;
        let mut end = None;
        let rest = self.bytes.get(start..)?;
        let mut looked_at = 0;
        for (offset, byte) in rest.iter().take(self.rescue_left).enumerate() {
            looked_at = offset + 1;
            match (in_string, *byte) {
                (true, _) if escaped => escaped = false,
                (true, b'\\') => escaped = true,
                (true, b'"') => in_string = false,
                (true, 0..=31) => break,
                (true, _) => {}
                (false, b'"') => in_string = true,
                (false, b'[' | b'{') => depth += 1,
                (false, b']' | b'}' | b',') if depth == 0 => {
                    end = Some(start + offset);
                    break;
                }
                (false, b']' | b'}') => depth -= 1,
                (false, _) => {}
            }
        }
        self.rescue_left -= looked_at;
        end.filter(|end| matches!(self.bytes.get(*end), Some(b',' | b']')))
    }

    /// The first place between `from` and `to` where a whole item stands after a comma. What counts as an item has an
    /// id and a text or a title: the objects within an item do not.
    fn find_item(&mut self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        let mut after_comma = false;
        while at < to {
            self.rescue_left = self.rescue_left.checked_sub(1)?;
            match self.bytes.get(at)? {
                b',' => after_comma = true,
                b' ' | b'\n' | b'\r' | b'\t' => {}
                b'{' if after_comma => {
                    let mut cursor = Cursor::new(&self.bytes, at);
                    let read = cursor.value();
                    let end = cursor.at;
                    if read.is_ok_and(|value| looks_like_an_item(&value)) {
                        return Some(at);
                    }
                    self.rescue_left = self.rescue_left.checked_sub(end - at)?;
                    after_comma = false;
                }
                _ => after_comma = false,
            }
            at += 1;
        }
        None
    }

    /// The place after `"items": [`, the last thing that can be found in a root that is damaged before it.
    fn find_list(&mut self, from: usize) -> Option<usize> {
        const NAME: &[u8] = b"\"items\"";
        let mut at = from;
        loop {
            let rest = self.bytes.get(at..)?;
            at += rest.windows(NAME.len()).position(|window| window == NAME)? + NAME.len();
            let mut cursor = Cursor::new(&self.bytes, at);
            cursor.skip_blank();
            if cursor.eat(b':') {
                cursor.skip_blank();
                if cursor.eat(b'[') {
                    return Some(cursor.at);
                }
            }
        }
    }
}

fn looks_like_an_item(value: &Value) -> bool {
    value.get("id").is_some() && ["content_html", "content_text", "title"].iter().any(|key| value.get(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// The ids in order, `-` for what could not be read, and how the walk ended.
    fn check(document: &str, expected: Expect) {
        let mut reader = ItemReader::new(document.as_bytes());
        let mut picture = String::new();
        while let Some(item) = reader.next_item() {
            let id = item.value.ok().map(|value| value.get("id").unwrap_or(&value).to_json());
            picture.push_str(&format!("{}:{} ", item.index, id.as_deref().unwrap_or("-")));
        }
        let Outcome { head, list, stop, damage, root, .. } = reader.finish();
        picture.push_str(&format!("{} {list:?}", head.to_json()));
        if let Some(stop) = stop {
            picture.push_str(&format!(" {:?} at {}", stop.kind, stop.at));
        }
        if let Some(damage) = damage {
            picture.push_str(&format!(" damage at {}", damage.at));
        }
        if let Some(root) = root {
            picture.push_str(&format!(" {root:?}"));
        }
        expected.assert_eq(&picture);
    }

    fn item(id: u32) -> String {
        format!(r#"{{"id":{id},"authors":[{{"name":"A"}},{{"name":"B"}}],"content_text":"a, {{b}} [c]"}}"#)
    }

    fn items(count: u32) -> String {
        (1..=count).map(item).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn sound_documents() {
        check(
            &format!(r#"{{"title":"t","items":[{}],"next_url":"n"}}"#, items(3)),
            expect![[r#"0:1 1:2 2:3 {"title":"t","next_url":"n"} Some(Array)"#]],
        );
        check(r#" { } "#, expect!["{} None"]);
        check(r#"{"items":[]}"#, expect!["{} Some(Array)"]);
        check(
            r#"{"items":[1,"x",null,[2]],"a":{"items":[1]}}"#,
            expect![[r#"0:1 1:"x" 2:null 3:[2] {"a":{"items":[1]}} Some(Array)"#]],
        );
    }

    #[test]
    fn roots_that_are_none() {
        check("", expect!["{} None Empty"]);
        check("\u{feff} \n", expect!["{} None Empty"]);
        check(" <!doctype html>", expect!["{} None Html"]);
        check("null", expect!["{} None Other(Null)"]);
        check("[1,2", expect!["{} None Other(Array)"]);
        check("Not found", expect!["{} None Json(JsonError { at: 0, kind: Unexpected })"]);
        check(r#"{"items":null}"#, expect!["{} Some(Null)"]);
        check(r#"{"items":{"a":1}}"#, expect!["{} Some(Object)"]);
    }

    #[test]
    fn a_damaged_item_costs_only_itself() {
        let feed = |damaged: &str| format!(r#"{{"items":[{},{damaged},{},{}],"z":1}}"#, item(1), item(3), item(4));
        // A comma too many, no quotation marks, a bad escape, a colon missing.
        check(&feed(r#"{"id":2,"content_text":"x",}"#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(r#"{id:2,"content_text":"x"}"#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(r#"{"id":2,"content_text":"C:\dir"}"#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(
            &feed(r#"{"id" 2,"authors":[{"name":"A"},{"name":"B"}],"content_text":"x"}"#),
            expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]],
        );
        // A quotation mark too many, or too few; a bracket too many, or too few.
        check(
            &feed(r#"{"id":2,"content_text":"he said "no" to it"}"#),
            expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]],
        );
        check(&feed(r#"{"id":2,"content_text":"he said "no}"#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(r#"{"id":2,"content_text":"x}"#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(r#"{"id":2,"content_text":"x"}}"#), expect![[r#"0:1 1:2 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(r#"{"id":2,"content_text":"x""#), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(
            &feed(r#"{"id":2,"content_text":"x"}]"#),
            expect![[r#"0:1 1:2 2:3 3:4 {"z":1} Some(Array) damage at 114"#]],
        );
        check(&feed("oops"), expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]]);
        check(&feed(""), expect![[r#"0:1 1:3 2:4 {"z":1} Some(Array)"#]]);
        check(
            &feed(&format!("{}1{}", "[".repeat(200), "]".repeat(200))),
            expect![[r#"0:1 1:- 2:3 3:4 {"z":1} Some(Array)"#]],
        );
    }

    #[test]
    fn damage_beside_the_items() {
        check(
            &format!(r#"{{"title":"a "quoted" title","items":[{}]}}"#, items(2)),
            expect![[r#"0:1 1:2 {"title":"a "} Some(Array) damage at 13"#]],
        );
        check(
            &format!(r#"{{"items":[{}],"title":oops}}"#, items(2)),
            expect!["0:1 1:2 {} Some(Array) Unexpected at 169"],
        );
        check(&format!(r#"{{"items":[{}]}} trailing"#, items(2)), expect!["0:1 1:2 {} Some(Array) Unexpected at 162"]);
        check(&format!(r#"{{"items":[{} {}],"z":1}}"#, item(1), item(2)), expect![[r#"0:1 1:2 {"z":1} Some(Array)"#]]);
        check(&format!(r#"{{"items":[{},],"z":1}}"#, item(1)), expect![[r#"0:1 {"z":1} Some(Array)"#]]);
    }

    #[test]
    fn a_cut_keeps_every_item_before_it() {
        let whole = format!(r#"{{"title":"t","items":[{}],"next_url":"n"}}"#, items(5));
        let ends: Vec<usize> = (1..=5).map(|count| whole.find(&items(count)).unwrap() + items(count).len()).collect();
        for cut in 0..whole.len() {
            let mut reader = ItemReader::new(&whole.as_bytes()[..cut]);
            let mut kept = 0;
            while let Some(item) = reader.next_item() {
                assert!(item.value.is_ok());
                kept += 1;
            }
            assert_eq!(kept, ends.iter().filter(|end| **end <= cut).count(), "cut at {cut}");
            let outcome = reader.finish();
            assert!(outcome.stop.is_some() || outcome.root.is_some(), "cut at {cut}");
        }
    }

    #[test]
    fn damage_on_purpose_takes_linear_time() {
        // Each of these lets a naive search start over at each byte.
        for hostile in [r#",{""#, r#",{"id":1,"#, r#"{"a":[{"#, r#"",{"id":"#, "[", "{", "\"", ","] {
            let document = format!("{{\"items\":[{}", hostile.repeat(200_000 / hostile.len()));
            let outcome = ItemReader::new(document.as_bytes()).finish();
            assert!(outcome.stop.is_some(), "{hostile}");
        }
    }
}
