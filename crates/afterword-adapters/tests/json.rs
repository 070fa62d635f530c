//! Our JSON against another reader, on sound and on damaged documents.

use afterword_adapters::json::items::ItemReader;
use afterword_adapters::json::{Value, parse};
use proptest::prelude::*;

/// Any value that both readers must agree on.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[\\x00-\\x7f]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..8)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Value::Number(a), serde_json::Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::String(a), serde_json::Value::String(b)) => a == b,
        (Value::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), serde_json::Value::Object(b)) => {
            a.len() == b.len() && b.iter().all(|(key, b)| ours.get(key).is_some_and(|a| same(a, b)))
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn reads_what_others_write(theirs in any_json()) {
        for text in [serde_json::to_string(&theirs).unwrap(), serde_json::to_string_pretty(&theirs).unwrap()] {
            let ours = parse(text.as_bytes()).unwrap();
            prop_assert!(same(&ours, &theirs), "{}", text);
        }
    }

    #[test]
    fn others_read_what_we_write(theirs in any_json()) {
        let ours = parse(serde_json::to_string(&theirs).unwrap().as_bytes()).unwrap();
        for text in [ours.to_json(), ours.to_json_pretty()] {
            let back: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert!(same(&ours, &back), "{}", text);
        }
    }

    /// What we read, serde_json reads too; and what only we read holds half a surrogate pair or bytes that are no text.
    #[test]
    fn agrees_on_what_is_json(text in "[\\[\\]{}:,\"\\\\ 0-9eE.+-truefalsn]{0,24}") {
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
        match (parse(text.as_bytes()), theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert!(same(&ours, &theirs), "{}", text),
            (Err(_), Err(_)) => {}
            // Numbers beyond f64 are kept as they are written; serde_json refuses them.
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("number out of range"), "{text}: {error}"),
            (Err(ours), Ok(_)) => prop_assert!(false, "{text}: {ours:?}"),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
        let wrapped = [b"{\"items\":[", bytes.as_slice()].concat();
        let _ = ItemReader::new(wrapped).finish();
    }

    /// Damaging one byte of one item never loses another item that stands before it, and the walk always ends.
    #[test]
    fn one_bad_byte_loses_nothing_before_it(
        texts in prop::collection::vec("[a-z{}\\[\\],\"\\\\]{0,20}", 1..12),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let items: Vec<_> = texts.iter().enumerate()
            .map(|(id, text)| serde_json::json!({"id": id, "content_text": text}).to_string()).collect();
        let mut bytes = format!("{{\"items\":[{}]}}", items.join(",")).into_bytes();
        let at = 10 + at.index(bytes.len() - 10);
        bytes[at] = byte;
        let whole_before = (1..=items.len()).filter(|count| 10 + items[..*count].join(",").len() <= at).count();
        let mut reader = ItemReader::new(bytes);
        for index in 0..whole_before {
            let item = reader.next_item().unwrap();
            let id = item.value.ok().and_then(|value| value.get("id")?.as_i64());
            prop_assert_eq!(id, i64::try_from(index).ok());
        }
        reader.finish();
    }

    #[test]
    fn a_cut_document_keeps_each_whole_item(items in prop::collection::vec(any_json(), 1..6), cut in any::<prop::sample::Index>()) {
        let texts: Vec<_> = items.iter().map(|item| serde_json::json!([item]).to_string()).collect();
        let bytes = format!("{{\"items\":[{}],\"z\":1}}", texts.join(",")).into_bytes();
        let cut = cut.index(bytes.len());
        let whole = (1..=texts.len()).filter(|count| 10 + texts[..*count].join(",").len() <= cut).count();
        let mut reader = ItemReader::new(&bytes[..cut]);
        for item in &items[..whole] {
            let read = reader.next_item().and_then(|item| item.value.ok()).unwrap();
            prop_assert!(same(&read, &serde_json::json!([item])));
        }
        prop_assert_eq!(reader.next_item(), None);
    }
}
