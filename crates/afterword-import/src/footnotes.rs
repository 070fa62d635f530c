//! Footnotes of the block editor: the text has their marks, the post's meta data their words, and WordPress writes the
//! list when the page is shown.

use crate::attributes::escape;
use serde_json::Value;

/// The list at the end of a post, from the JSON of the meta field `footnotes`: `[{"id": "…", "content": "…"}]`. Empty when
/// there is none, or when it cannot be read.
pub(crate) fn list(json: &str) -> String {
    let Ok(Value::Array(notes)) = serde_json::from_str(json) else { return String::new() };
    let items = notes.iter().filter_map(|note| {
        let id = escape(note.get("id")?.as_str()?);
        let words = note.get("content")?.as_str()?;
        Some(format!("<li id=\"{id}\">{words} <a href=\"#{id}-link\">↩</a></li>"))
    });
    let items = items.collect::<Vec<_>>();
    if items.is_empty() { String::new() } else { format!("<ol>\n{}\n</ol>", items.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_become_a_list_with_ways_back() {
        let check = |json: &str, expected: &str| assert_eq!(list(json), expected, "{json}");
        check(
            r#"[{"content":"See <em>there<\/em>.","id":"a-1"},{"id":"b"},{"content":"Two","id":"c\"d"}]"#,
            "<ol>\n<li id=\"a-1\">See <em>there</em>. <a href=\"#a-1-link\">↩</a></li>\n<li id=\"c&quot;d\">Two <a href=\"#c&quot;d-link\">↩</a></li>\n</ol>",
        );
        check("[]", "");
        check("", "");
        check("{\"a\":1}", "");
    }
}
