//! Whatever answers: no panic, no comment lost that can be read, no id twice, no end of work.

use super::{isso, json, letter, post};
use afterword_adapters::back_end::{Form, ListPage, Part};
use afterword_adapters::wire::Response;
use afterword_core::writing::Target;
use proptest::prelude::*;
use std::collections::HashSet;

fn list(body: &str) -> ListPage {
    isso().decode_list(&json(200, body), &post(), Part::FIRST, Form::Shown).unwrap().value
}

#[test]
fn a_list_that_is_nested_as_deep_as_json_may_be_is_read_whole() {
    let depth = 60;
    let mut body = String::from("{\"replies\":[");
    for id in 0..depth {
        body.push_str(&format!("{{\"id\":{id},\"created\":1,\"text\":\"x\",\"replies\":["));
    }
    body.push_str(&"]}".repeat(depth));
    body.push_str("]}");
    let page = list(&body);
    assert_eq!(page.comments.len(), depth);
    assert_eq!(page.comments[depth - 1].parent.as_ref().unwrap().as_str(), format!("isso-{}", depth - 2));
}

#[test]
fn ids_that_come_a_thousand_times_are_a_thousand_ids() {
    let one = r#"{"id":7,"created":1,"text":"x"}"#;
    let page = list(&format!("{{\"replies\":[{}]}}", [one; 1_000].join(",")));
    let ids: HashSet<&str> = page.comments.iter().map(|comment| comment.id.as_str()).collect();
    assert_eq!((page.comments.len(), ids.len()), (1_000, 1_000));
}

#[test]
fn warnings_do_not_fill_the_memory() {
    let one = r#"{"id":7,"created":"x","modified":"x","text":7,"author":7}"#;
    let body = format!("{{\"replies\":[{}]}}", [one; 5_000].join(","));
    let decoded = isso().decode_list(&json(200, &body), &post(), Part::FIRST, Form::Shown).unwrap();
    assert_eq!((decoded.value.comments.len(), decoded.warnings.len()), (5_000, 1_001));
}

/// Values as a server might send them where others are expected.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("1e999".to_owned()),
        Just("-1".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_filter("JSON has no such number", |number| number.is_finite()).prop_map(|n| n.to_string()),
        "[a-z<>&;\"]{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        (0_i64..5).prop_map(|number| number.to_string()),
    ]
}

fn any_comment() -> impl Strategy<Value = String> {
    const KEYS: [&str; 10] =
        ["id", "parent", "created", "modified", "mode", "text", "author", "website", "likes", "hidden_replies"];
    prop::collection::vec((0..KEYS.len(), any_value()), 0..8).prop_map(|fields| {
        let fields: Vec<String> = fields.into_iter().map(|(key, value)| format!("\"{}\":{value}", KEYS[key])).collect();
        format!("{{{}}}", fields.join(","))
    })
}

proptest! {
    #[test]
    fn any_list_gives_comments_of_different_ids(comments in prop::collection::vec(any_comment(), 0..12)) {
        let page = list(&format!("{{\"replies\":[{}],\"hidden_replies\":3}}", comments.join(",")));
        let ids: HashSet<&str> = page.comments.iter().map(|comment| comment.id.as_str()).collect();
        prop_assert_eq!(ids.len(), page.comments.len());
        prop_assert!(page.comments.len() + page.skipped <= comments.len());
    }

    #[test]
    fn any_answer_is_read(status in 0_u16..700, body in prop_oneof![any_comment(), any_value(), ".{0,40}"]) {
        let response = Response { status, body: body.into_bytes(), ..Response::default() };
        let live = isso();
        // What matters is that each of them comes back.
        let _ = live.decode_letter(&response, &letter(Target::Thread, "Yes."));
        let _ = live.decode_vote(&response);
        let _ = live.decode_delete(&response, &post());
        let _ = live.decode_own(&response, &post());
        let _ = live.decode_count(&response);
        let _ = live.decode_list(&response, &post(), Part::FIRST, Form::Source);
    }
}
