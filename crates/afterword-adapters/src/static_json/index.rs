//! `tags/index.json` and `archive/index.json`: what lists there are, and how long they are.

use super::error::DecodeError;
use crate::json::{Value, parse};
use afterword_core::model::IndexEntry;

/// Reads an index. An entry without a title or an address is passed over: the file is written by the build.
///
/// # Errors
/// When it is no JSON object.
pub fn decode_index(bytes: &[u8]) -> Result<Vec<IndexEntry>, DecodeError> {
    let document = match parse(bytes)? {
        document @ Value::Object(_) => document,
        other => return Err(DecodeError::WrongRoot { found: other.kind() }),
    };
    let entries = document.get("entries").and_then(Value::as_array).unwrap_or_default();
    Ok(entries.iter().filter_map(decode_entry).collect())
}

fn decode_entry(entry: &Value) -> Option<IndexEntry> {
    let text = |key| entry.get(key).and_then(Value::as_str);
    let count = entry.get("count").and_then(Value::as_i64).and_then(|count| u32::try_from(count).ok());
    let name = super::post::percent_decoded(text("url")?.trim_end_matches('/'));
    Some(IndexEntry { title: text("title")?.to_owned(), name, count: count.unwrap_or(0) })
}

/// The text of an index; the same text for the same index.
pub fn encode_index(title: &str, index: &[IndexEntry]) -> String {
    let entries = index.iter().map(|IndexEntry { title, name, count }| {
        let mut entry = Value::default();
        entry.set("title", Value::from(title.as_str()));
        entry.set("url", Value::from(super::encode_path_text(&format!("{name}/"))));
        entry.set("count", Value::from(*count));
        entry
    });
    let mut document = Value::default();
    document.set("title", Value::from(title));
    document.set("entries", Value::Array(entries.collect()));
    document.to_json_pretty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_read_as_it_was_written() {
        let entry =
            |title: &str, name: &str, count| IndexEntry { title: title.to_owned(), name: name.to_owned(), count };
        let index = vec![entry("Grün & so", "grün-so", 3), entry("2012", "2012", 0)];
        let text = encode_index("Tags", &index);
        assert!(text.contains("gr%C3%BCn-so/"), "{text}");
        assert_eq!(decode_index(text.as_bytes()), Ok(index));
    }

    #[test]
    fn what_is_no_index_is_told() {
        assert_eq!(decode_index(br#"{"entries":[{"title":"x"},7]}"#), Ok(Vec::new()));
        assert!(decode_index(b"[]").is_err() && decode_index(b"<!doctype html>").is_err());
    }
}
