//! All drafts as one file, for readers who want to keep them elsewhere.

use super::record::Field;
use super::{Damaged, Draft, Listed};
use crate::writing::{Target, Utf16};

/// Writes drafts as JSON: an object with `drafts`, and with `unreadable` records as they were found. Texts keep every
/// unit: half of a surrogate pair is written as its escape.
pub fn export(listed: &Listed) -> String {
    let mut out = String::from("{\n  \"afterword_drafts\": 1,\n  \"drafts\": [");
    list(&mut out, &listed.drafts, write_draft);
    out.push_str("],\n  \"unreadable\": [");
    list(&mut out, &listed.damaged, write_damaged);
    out.push_str("]\n}\n");
    out
}

fn list<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    for (n, item) in items.iter().enumerate() {
        out.push_str(if n == 0 { "\n    {" } else { ",\n    {" });
        write(out, item);
        out.push('}');
    }
    if !items.is_empty() {
        out.push_str("\n  ");
    }
}

fn write_draft(out: &mut String, draft: &Draft) {
    let (target, comment) = match &draft.place.target {
        Target::Thread => ("thread", None),
        Target::Reply(id) => ("reply", Some(id)),
        Target::Edit(id) => ("edit", Some(id)),
    };
    out.push_str("\"site\": ");
    string(out, &Utf16::from(draft.place.site.as_str()));
    member(out, "post", &draft.place.post.to_string());
    member(out, "target", target);
    if let Some(comment) = comment {
        member(out, "comment", comment.as_str());
    }
    member(out, "post_title", &draft.context.post_title);
    member(out, "answered_author", &draft.context.answered_author);
    member(out, "answered_excerpt", &draft.context.answered_excerpt);
    if let Some(modified) = draft.modified {
        member(out, "modified", &modified.to_rfc3339());
    }
    out.push_str(if draft.id.is_copy() { ", \"copy\": true" } else { ", \"copy\": false" });
    out.push_str(", \"text\": ");
    string(out, draft.text());
}

fn write_damaged(out: &mut String, damaged: &Damaged) {
    out.push_str("\"key\": ");
    string(out, &Utf16::from(damaged.key.as_str()));
    for (name, field) in &damaged.raw {
        out.push_str(", ");
        string(out, &Utf16::from(format!("field {name}").as_str()));
        out.push_str(": ");
        match field {
            Field::Text(text) => string(out, text),
            // JSON has no word for what is no finite number.
            Field::Number(number) if number.is_finite() => out.push_str(&number.to_string()),
            Field::Number(_) => out.push_str("null"),
        }
    }
}

fn member(out: &mut String, name: &str, value: &str) {
    out.push_str(", \"");
    out.push_str(name);
    out.push_str("\": ");
    string(out, &Utf16::from(value));
}

fn string(out: &mut String, text: &Utf16) {
    let escape = |out: &mut String, unit: u16| out.push_str(&format!("\\u{unit:04x}"));
    out.push('"');
    for decoded in char::decode_utf16(text.0.iter().copied()) {
        match decoded {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\n') => out.push_str("\\n"),
            Ok(c) if c < ' ' => escape(out, c as u16),
            Ok(c) => out.push(c),
            Err(half) => escape(out, half.unpaired_surrogate()),
        }
    }
    out.push('"');
}
