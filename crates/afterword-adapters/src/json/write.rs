//! The writer: values to text, on one line for machines or indented for people.

use super::Value;

/// Lists and objects whose text is no longer than this stand on one line: an author, a date, votes.
const LINE_BYTES_MAX: usize = 100;

/// A list or object that is being written: what is left of it.
enum Rest<'a> {
    List(std::slice::Iter<'a, Value>),
    Object(std::slice::Iter<'a, (String, Value)>),
}

impl Value {
    /// The value on one line, without blanks.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, false);
        out
    }

    /// The value for people: a field to a line, one blank of indent for each level, what is short on one line, and a
    /// newline at the end. The same value always gives the same text.
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        write(self, &mut out, true);
        out.push('\n');
        out
    }
}

fn write(value: &Value, out: &mut String, pretty: bool) {
    // Each open list or object, and whether its parts stand on lines of their own.
    let mut stack: Vec<(Rest<'_>, bool)> = Vec::new();
    let mut next = Some(value);
    let mut lines = pretty;
    loop {
        if let Some(value) = next.take() {
            lines = lines && matches!(value, Value::Array(_) | Value::Object(_)) && !fits_on_a_line(value);
            match value {
                Value::Null => out.push_str("null"),
                Value::Bool(true) => out.push_str("true"),
                Value::Bool(false) => out.push_str("false"),
                Value::Number(number) => out.push_str(number.as_str()),
                Value::String(text) => write_string(text, out),
                Value::Array(list) => {
                    out.push('[');
                    stack.push((Rest::List(list.iter()), lines));
                }
                Value::Object(fields) => {
                    out.push('{');
                    stack.push((Rest::Object(fields.iter()), lines));
                }
            }
        }
        let depth = stack.len();
        let Some((rest, own_lines)) = stack.last_mut() else { return };
        lines = *own_lines;
        let first = matches!(out.as_bytes().last(), Some(b'[' | b'{'));
        let part = match rest {
            Rest::List(list) => list.next().map(|value| (None, value)),
            Rest::Object(fields) => fields.next().map(|(key, value)| (Some(key), value)),
        };
        let Some((key, value)) = part else {
            let closing = if matches!(rest, Rest::List(_)) { ']' } else { '}' };
            stack.pop();
            if lines && !first {
                write_indent(depth - 1, out);
            }
            out.push(closing);
            continue;
        };
        if !first {
            out.push(',');
        }
        if lines {
            write_indent(depth, out);
        } else if pretty && !first {
            out.push(' ');
        }
        if let Some(key) = key {
            write_string(key, out);
            out.push_str(if pretty { ": " } else { ":" });
        }
        next = Some(value);
    }
}

fn write_indent(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth));
}

/// Whether a list or object is short. Looks at no more of it than the answer needs; a text's escapes are not counted.
fn fits_on_a_line(value: &Value) -> bool {
    let mut left = LINE_BYTES_MAX;
    let mut parts = vec![value];
    while let Some(part) = parts.pop() {
        let len = match part {
            Value::Null | Value::Bool(_) => 5,
            Value::Number(number) => number.as_str().len(),
            Value::String(text) => text.len() + 2,
            Value::Array(list) => {
                if list.len() <= left {
                    parts.extend(list);
                }
                2 * list.len() + 2
            }
            Value::Object(fields) => {
                if fields.len() <= left {
                    parts.extend(fields.iter().map(|(_, value)| value));
                }
                fields.iter().take(left).map(|(key, _)| key.len() + 6).sum::<usize>() + 2
            }
        };
        match left.checked_sub(len) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            0..=31 => "\\u00",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        if escape.len() == 4 {
            out.push(if byte < 16 { '0' } else { '1' });
            out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::json::parse;
    use expect_test::{Expect, expect};

    fn check(json: &str, pretty: Expect) {
        let value = parse(json.as_bytes()).unwrap();
        assert_eq!(parse(value.to_json().as_bytes()).unwrap(), value);
        let text = value.to_json_pretty();
        assert_eq!(parse(text.as_bytes()).unwrap(), value);
        pretty.assert_eq(&text);
    }

    #[test]
    fn short_things_stand_on_one_line() {
        check(
            "[]",
            expect![[r#"
            []
        "#]],
        );
        check(
            r#"{"title":"A title that is long enough to let the whole document take more than one line of text","authors":[{"name":"Ann","url":"/ann"}],"empty":{},"items":[{"id":"1"},{"id":"2","text":"A text that is long enough to let the whole item take more than one line, as it should"}]}"#,
            expect![[r#"
                {
                 "title": "A title that is long enough to let the whole document take more than one line of text",
                 "authors": [{"name": "Ann", "url": "/ann"}],
                 "empty": {},
                 "items": [
                  {"id": "1"},
                  {
                   "id": "2",
                   "text": "A text that is long enough to let the whole item take more than one line, as it should"
                  }
                 ]
                }
            "#]],
        );
    }

    #[test]
    fn controls_are_escaped() {
        check(
            "\"a\\u0000\\u001f\\u007f\\\"\\\\\\n/\"",
            expect![[r#"
            "a\u0000\u001f\"\\\n/"
        "#]],
        );
    }
}
