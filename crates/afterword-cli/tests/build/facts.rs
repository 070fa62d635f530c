//! A strict reader of our JSON-LD: the types of schema.org that we use, their properties, and what may stand in them.

use afterword_adapters::json::{Value, parse};
use afterword_core::time::Timestamp;

/// What may stand in a property.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Date,
    Address,
    Count,
    Language,
    /// A list of texts.
    Texts,
    /// One thing of this type.
    One(&'static str),
    /// A list of things of this type.
    Many(&'static str),
}

/// The properties of a type that we use, from its page on schema.org and those above it.
fn properties(kind: &str) -> &'static [(&'static str, Kind)] {
    const BLOG: &[(&str, Kind)] = &[
        ("name", Kind::Text),
        ("description", Kind::Text),
        ("url", Kind::Address),
        ("inLanguage", Kind::Language),
        ("author", Kind::One("Person")),
    ];
    const POSTING: &[(&str, Kind)] = &[
        ("headline", Kind::Text),
        ("description", Kind::Text),
        ("image", Kind::Address),
        ("datePublished", Kind::Date),
        ("dateModified", Kind::Date),
        ("inLanguage", Kind::Language),
        ("author", Kind::Many("Person")),
        ("keywords", Kind::Texts),
        ("url", Kind::Address),
        ("mainEntityOfPage", Kind::Address),
        ("commentCount", Kind::Count),
        ("comment", Kind::Many("Comment")),
    ];
    const COMMENT: &[(&str, Kind)] = &[
        ("url", Kind::Address),
        ("text", Kind::Text),
        ("datePublished", Kind::Date),
        ("dateModified", Kind::Date),
        ("author", Kind::One("Person")),
        ("upvoteCount", Kind::Count),
        ("downvoteCount", Kind::Count),
        ("comment", Kind::Many("Comment")),
    ];
    const PERSON: &[(&str, Kind)] = &[("name", Kind::Text), ("url", Kind::Address)];
    match kind {
        "Blog" => BLOG,
        "BlogPosting" | "WebPage" => POSTING,
        "Comment" => COMMENT,
        "Person" => PERSON,
        other => panic!("{other} is no type of ours"),
    }
}

/// Checks the facts of a page; gives them, and how many comments there are and how deep they go.
pub(crate) fn check_facts(html: &str) -> (Value, usize, usize) {
    const START: &str = "<script type=\"application/ld+json\">";
    assert_eq!(html.matches(START).count(), 1, "one piece of facts");
    let (_, rest) = html.split_once(START).unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    assert!(!json.contains('<'), "an element could end in it");
    let facts = parse(json.as_bytes()).unwrap();
    let (count, depth) = check_document(&facts);
    (facts, count, depth)
}

fn check_document(facts: &Value) -> (usize, usize) {
    assert_eq!(facts.get("@context").and_then(Value::as_str), Some("https://schema.org"));
    let kind = facts.get("@type").and_then(Value::as_str).unwrap();
    assert!(["Blog", "BlogPosting", "WebPage"].contains(&kind));
    // Each thing with its type and how deep it lies among comments.
    let mut things = vec![(facts, kind, 0)];
    let (mut comments, mut deepest) = (0, 0);
    while let Some((thing, kind, depth)) = things.pop() {
        comments += usize::from(kind == "Comment");
        deepest = deepest.max(depth);
        assert_eq!(thing.get("@type").and_then(Value::as_str), Some(kind));
        for (key, value) in thing.as_object().unwrap() {
            if key == "@type" || key == "@context" && depth == 0 {
                continue;
            }
            let found = properties(kind).iter().find(|(name, _)| name == key);
            let (_, allowed) = found.unwrap_or_else(|| panic!("{kind} has no {key}"));
            let text = value.as_str();
            match allowed {
                Kind::Text => assert!(text.is_some(), "{key}"),
                Kind::Date => assert!(text.and_then(Timestamp::parse_rfc3339).is_some(), "{key}: {value:?}"),
                Kind::Address => assert!(text.is_some_and(|text| text.starts_with("http")), "{key}: {value:?}"),
                Kind::Count => assert!(value.as_i64().is_some_and(|count| count >= 0), "{key}: {value:?}"),
                Kind::Language => assert!(text.is_some_and(|text| !text.is_empty() && !text.contains(' '))),
                Kind::Texts => assert!(value.as_array().unwrap().iter().all(|text| text.as_str().is_some())),
                Kind::One(kind) => things.push((value, kind, depth)),
                Kind::Many(kind) => {
                    let list = value.as_array().unwrap();
                    assert!(!list.is_empty(), "{key} is an empty list");
                    let depth = depth + usize::from(*kind == "Comment");
                    things.extend(list.iter().map(|value| (value, *kind, depth)));
                }
            }
        }
    }
    (comments, deepest)
}

#[test]
fn the_check_finds_what_is_wrong() {
    let page = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
    let good = r#"{"@context":"https://schema.org","@type":"BlogPosting","headline":"x","commentCount":1,
        "comment":[{"@type":"Comment","text":"y","author":{"@type":"Person","name":"A"}}]}"#;
    let (_, comments, depth) = check_facts(&page(good));
    assert_eq!((comments, depth), (1, 1));
    for (part, by) in [
        ("\"headline\"", "\"title\""),
        ("\"Comment\"", "\"UserComments\""),
        (":1,", ":\"1\","),
        ("\"y\"", "7"),
        ("https://schema.org", "https://other.example"),
        ("\"x\"", "\"</b>\""),
        ("}]}", "}],}"),
    ] {
        let bad = page(&good.replacen(part, by, 1));
        assert!(std::panic::catch_unwind(|| check_facts(&bad)).is_err(), "{by} for {part} was not found");
    }
}
