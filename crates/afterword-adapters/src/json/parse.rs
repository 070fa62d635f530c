//! The reader: bytes to values, with a stack of its own instead of recursion.

use super::{JsonError, JsonErrorKind, Number, Value};

/// Deepest nesting of lists and objects. Our files need 6; the rest is for fields of other tools. It also bounds the
/// recursion with which a value is dropped, cloned and compared.
pub const JSON_DEPTH_MAX: usize = 128;

/// Reads a whole document; a byte order mark and blanks around it are skipped.
///
/// # Errors
/// The first place that is no JSON.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    let mut cursor = Cursor::new(bytes, 0);
    cursor.skip_mark();
    let value = cursor.value()?;
    cursor.skip_blank();
    match cursor.peek() {
        None => Ok(value),
        Some(_) => Err(cursor.fault(JsonErrorKind::Unexpected)),
    }
}

/// A place in a document.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    /// Offset of the next byte.
    pub(crate) at: usize,
    /// Whether a text had to be mended with U+FFFD.
    pub(crate) mended: bool,
}

/// A list or object that has been opened and not yet closed.
enum Open {
    List(Vec<Value>),
    /// The fields so far, and the name of the one whose value is being read.
    Object(Vec<(String, Value)>, String),
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, mended: false }
    }

    pub(crate) fn fault(&self, kind: JsonErrorKind) -> JsonError {
        JsonError { at: self.at, kind }
    }

    /// What to say of a byte, or of the lack of one, that does not fit.
    fn unexpected(&self) -> JsonError {
        let kind = if self.at < self.bytes.len() { JsonErrorKind::Unexpected } else { JsonErrorKind::UnexpectedEnd };
        self.fault(kind)
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.eat(byte) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(crate) fn skip_blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips a byte order mark.
    pub(crate) fn skip_mark(&mut self) {
        if self.bytes[self.at..].starts_with(b"\xef\xbb\xbf") {
            self.at += 3;
        }
    }

    /// Reads one value, blanks before it included; blanks after it are left.
    pub(crate) fn value(&mut self) -> Result<Value, JsonError> {
        let mut stack: Vec<Open> = Vec::new();
        loop {
            self.skip_blank();
            let value = match self.peek() {
                Some(opening @ (b'[' | b'{')) => {
                    if stack.len() == JSON_DEPTH_MAX {
                        return Err(self.fault(JsonErrorKind::TooDeep));
                    }
                    self.at += 1;
                    self.skip_blank();
                    match opening {
                        b'[' if self.eat(b']') => Value::Array(Vec::new()),
                        b'[' => {
                            stack.push(Open::List(Vec::new()));
                            continue;
                        }
                        _ if self.eat(b'}') => Value::Object(Vec::new()),
                        _ => {
                            let key = self.key()?;
                            stack.push(Open::Object(Vec::new(), key));
                            continue;
                        }
                    }
                }
                Some(_) | None => self.scalar()?,
            };
            if let Some(whole) = self.place(value, &mut stack)? {
                return Ok(whole);
            }
        }
    }

    /// Puts a finished value where it belongs and closes what ends with it. Gives the outermost value once it is whole.
    fn place(&mut self, mut value: Value, stack: &mut Vec<Open>) -> Result<Option<Value>, JsonError> {
        loop {
            self.skip_blank_unless_outermost(stack);
            match stack.pop() {
                None => return Ok(Some(value)),
                Some(Open::List(mut list)) => {
                    list.push(value);
                    if self.eat(b',') {
                        stack.push(Open::List(list));
                        return Ok(None);
                    }
                    self.expect(b']')?;
                    value = Value::Array(list);
                }
                Some(Open::Object(mut fields, key)) => {
                    fields.push((key, value));
                    if self.eat(b',') {
                        self.skip_blank();
                        let key = self.key()?;
                        stack.push(Open::Object(fields, key));
                        return Ok(None);
                    }
                    self.expect(b'}')?;
                    value = Value::Object(fields);
                }
            }
        }
    }

    fn skip_blank_unless_outermost(&mut self, stack: &[Open]) {
        if !stack.is_empty() {
            self.skip_blank();
        }
    }

    /// A field's name and the colon after it.
    pub(crate) fn key(&mut self) -> Result<String, JsonError> {
        let key = self.string()?;
        self.skip_blank();
        self.expect(b':')?;
        Ok(key)
    }

    fn scalar(&mut self) -> Result<Value, JsonError> {
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b't') => self.word(b"true", Value::Bool(true)),
            Some(b'f') => self.word(b"false", Value::Bool(false)),
            Some(b'n') => self.word(b"null", Value::Null),
            Some(_) | None => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Result<Value, JsonError> {
        for byte in word {
            self.expect(*byte)?;
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Number, JsonError> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _sign = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        // Only ASCII was eaten.
        Ok(Number::from_source(&String::from_utf8_lossy(&self.bytes[start..self.at])))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected()) } else { Ok(()) }
    }

    /// A text: runs without escapes are copied whole.
    pub(crate) fn string(&mut self) -> Result<String, JsonError> {
        self.expect(b'"')?;
        let run = self.run();
        if self.eat(b'"') {
            return Ok(self.text_of(run.to_vec()));
        }
        let mut text = run.to_vec();
        loop {
            if self.eat(b'"') {
                return Ok(self.text_of(text));
            }
            // A raw control character ends up here too, and is refused.
            self.expect(b'\\')?;
            let character = self.escape()?;
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            text.extend_from_slice(self.run());
        }
    }

    /// The bytes up to the next quote, backslash or control character.
    fn run(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|&b| b == b'"' || b == b'\\' || b < b' ').unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn text_of(&mut self, bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap_or_else(|error| {
            self.mended = true;
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        })
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        let character = match self.peek() {
            Some(b'u') => return self.unicode_escape(),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(_) | None => return Err(self.unexpected()),
        };
        self.at += 1;
        Ok(character)
    }

    /// `u` and four digits, and the second half of a surrogate pair if there is one.
    fn unicode_escape(&mut self) -> Result<char, JsonError> {
        let first = self.code_unit()?;
        if (0xD800..0xDC00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let before = self.at;
            self.at += 1;
            let second = self.code_unit()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or_else(|| {
            self.mended = true;
            char::REPLACEMENT_CHARACTER
        }))
    }

    fn code_unit(&mut self) -> Result<u32, JsonError> {
        self.expect(b'u')?;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16)).ok_or_else(|| self.unexpected())?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &[u8], compact: &str) {
        let value = parse(json).unwrap_or_else(|error| panic!("{:?}: {error:?}", String::from_utf8_lossy(json)));
        assert_eq!(value.to_json(), compact);
    }

    fn refuse(json: &str, at: usize, kind: JsonErrorKind) {
        assert_eq!(parse(json.as_bytes()), Err(JsonError { at, kind }), "{json:?}");
    }

    #[test]
    fn values_of_each_kind() {
        check(b" [ null , true,false, -0.5e+10, 0, \"\", {} , [ ] ] ", r#"[null,true,false,-0.5e+10,0,"",{},[]]"#);
        check(b"{\"a\" : {\"b\":[1]} , \"c\":2}\n", r#"{"a":{"b":[1]},"c":2}"#);
        check(br#""\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00""#, "\"\\\"\\\\/\\b\\f\\n\\r\\tä😀\"");
        check(b"\xef\xbb\xbf1", "1");
    }

    #[test]
    fn what_is_no_text_becomes_a_replacement_character() {
        check(br#""\ud83d lone \udc00""#, "\"\u{fffd} lone \u{fffd}\"");
        check(br#""\ud83d\u0041""#, "\"\u{fffd}A\"");
        check(br#""\ud83d\ud83d\ude00""#, "\"\u{fffd}😀\"");
        check(b"\"a\xffb\xe2\x82\"", "\"a\u{fffd}b\u{fffd}\"");
    }

    #[test]
    fn what_is_no_json_is_refused_where_it_stands() {
        refuse("", 0, JsonErrorKind::UnexpectedEnd);
        refuse("[1,]", 3, JsonErrorKind::Unexpected);
        refuse("{\"a\":1,}", 7, JsonErrorKind::Unexpected);
        refuse("{a:1}", 1, JsonErrorKind::Unexpected);
        refuse("01", 1, JsonErrorKind::Unexpected);
        refuse("1.", 2, JsonErrorKind::UnexpectedEnd);
        refuse("+1", 0, JsonErrorKind::Unexpected);
        refuse("nul", 3, JsonErrorKind::UnexpectedEnd);
        refuse("NaN", 0, JsonErrorKind::Unexpected);
        refuse("\"a\nb\"", 2, JsonErrorKind::Unexpected);
        refuse("\"\\x\"", 2, JsonErrorKind::Unexpected);
        refuse("\"\\u12g4\"", 5, JsonErrorKind::Unexpected);
        refuse("\"abc", 4, JsonErrorKind::UnexpectedEnd);
        refuse("[1] x", 4, JsonErrorKind::Unexpected);
        refuse("{\"a\":[1,2", 9, JsonErrorKind::UnexpectedEnd);
    }

    #[test]
    fn nesting_stops_at_the_bound() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(JSON_DEPTH_MAX).as_bytes()).is_ok());
        refuse(&nested(JSON_DEPTH_MAX + 1), JSON_DEPTH_MAX, JsonErrorKind::TooDeep);
        refuse(&"{\"a\":".repeat(100_000), JSON_DEPTH_MAX * 5, JsonErrorKind::TooDeep);
    }
}
