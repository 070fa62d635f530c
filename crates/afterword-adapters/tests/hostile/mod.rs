//! Hostile files: nothing panics, no comment is lost, and what was mended is told.

mod generate;

use afterword_adapters::json::items::ItemReader;
use afterword_adapters::static_json::{
    DecodeError, FeedHead, Pages, decode_comments, decode_feed, decode_post, decode_site, encode_comments, merge_pages,
};
use afterword_core::body::RawBody;
use afterword_core::ids::{PostPath, PostSlug};
use afterword_core::model::{Comment, WarningKind};
use generate::{Case, Outcome, Refusal, cases, large};
use std::collections::{BTreeSet, HashSet};

/// Different sizes and places for each fault; any number will do.
const SEEDS: [u64; 4] = [1, 7, 42, 2_012];

fn refusal_of(error: DecodeError) -> Option<Refusal> {
    match error {
        DecodeError::Html => Some(Refusal::Html),
        DecodeError::WrongRoot { .. } => Some(Refusal::Root),
        DecodeError::NoItems => Some(Refusal::NoItems),
        DecodeError::TooDeep { .. } => Some(Refusal::TooDeep),
        DecodeError::Empty | DecodeError::NotJson { .. } | DecodeError::CutOff { .. } => None,
    }
}

fn text_of(body: &RawBody) -> &str {
    match body {
        RawBody::Html(html) => html.to_encode(),
        RawBody::Text(text) => text,
    }
}

/// The numbers `#17#` in texts: each is in one comment of the file.
fn numbers_in<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut numbers: Vec<String> =
        texts.filter_map(|text| text.split('#').nth(1)).map(|number| number.replace('\u{fffd}', "")).collect();
    numbers.sort();
    numbers
}

fn check_ids(comments: &[Comment], name: &str) {
    let ids: HashSet<&str> = comments.iter().map(|comment| comment.id.as_str()).collect();
    assert_eq!(ids.len(), comments.len(), "{name}: every comment has an id of its own");
    assert!(!ids.contains(""), "{name}: no id is empty");
}

fn check(case: &Case) {
    let Case { name, bytes, outcome } = case;
    let decoded = decode_comments(bytes);
    let whole = String::from_utf8_lossy(bytes);
    match (outcome, decoded) {
        (Outcome::Kept(count, kinds), Ok(decoded)) => {
            let comments = &decoded.value.comments;
            assert_eq!(comments.len(), *count, "{name}: comments kept");
            let found: BTreeSet<_> = decoded.warnings.iter().map(|warning| format!("{:?}", warning.kind)).collect();
            let expected: BTreeSet<_> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
            assert_eq!(found, expected, "{name}: kinds of warnings");
            let texts = comments.iter().map(|comment| text_of(&comment.body));
            let written = numbers_in(whole.split("\"content_html\":").skip(1).filter(|text| text.starts_with("\"<p>")));
            assert_eq!(numbers_in(texts), written, "{name}: each text once");
            check_ids(comments, name);
            // What was read is written and read again without loss or further warnings.
            let again = decode_comments(encode_comments(comments, &FeedHead::default()).as_bytes()).unwrap();
            assert_eq!(&again.value.comments, comments, "{name}");
        }
        (Outcome::KeptBeforeCut, Ok(decoded)) => {
            let kept = decoded.value.comments.len();
            assert!(kept > 0 && decoded.warnings.iter().any(|warning| warning.kind == WarningKind::CutOff), "{name}");
            // The last of them may lack its comma.
            let whole_before = whole.matches("}},").count() + usize::from(whole.ends_with("}}"));
            assert_eq!(kept, whole_before, "{name}: whole comments before the cut");
        }
        (Outcome::KeptBeforeCut, Err(error)) => {
            assert_eq!(error, DecodeError::CutOff { at: bytes.len() }, "{name}");
            assert!(!whole.contains("}}"), "{name}: nothing whole before the cut");
        }
        (Outcome::Refused(refusal), Err(error)) => assert_eq!(refusal_of(error), Some(*refusal), "{name}: {error}"),
        (outcome, decoded) => panic!("{name}: expected {outcome:?}, got {:?}", decoded.map(|decoded| decoded.warnings)),
    }
    // The other files of a blog may hold the same faults.
    let _ = decode_post(bytes, &PostPath::post(PostSlug::new("s")));
    let _ = decode_feed(bytes);
    let _ = decode_site(bytes);
}

#[test]
fn every_fault_of_every_seed() {
    for seed in SEEDS {
        for case in cases(seed) {
            check(&case);
        }
    }
}

#[test]
fn long_chains_many_comments_and_a_huge_one() {
    // Time for 100,000 is measured by the benchmark; here the same code runs on fewer.
    for case in large(SEEDS[0], 2_000) {
        check(&case);
    }
}

#[test]
fn every_cut_and_every_broken_byte_ends_well() {
    let case = cases(SEEDS[1]).into_iter().find(|case| case.name == "root-no-version").unwrap();
    for at in 0..case.bytes.len() {
        let _ = decode_comments(&case.bytes[..at]);
        for byte in [b'"', b'{', b']', b'\\', 0, 0xff] {
            let mut bytes = case.bytes.clone();
            bytes[at] = byte;
            let kept = decode_comments(&bytes).map_or(0, |decoded| decoded.value.comments.len());
            // One byte of the root can cost all of it; in an item it costs the item.
            let first = 10;
            let last = bytes.len() - 2;
            assert!(
                (first..last).contains(&at) && kept >= 2 || at < first || at >= last,
                "{byte:?} at {at}: {kept} of 3 kept"
            );
        }
    }
}

#[test]
fn a_loop_of_pages_is_told_and_each_comment_is_shown_once() {
    for case in cases(SEEDS[2]).iter().filter(|case| case.name.starts_with("next-url")) {
        let address = "https://blog.example/posts/a/comments.json";
        let mut pages = Pages::new(address);
        let mut read = Vec::new();
        let mut next = Ok(address.to_owned());
        let refused = loop {
            match next {
                Ok(address) => {
                    let page = decode_comments(&case.bytes).unwrap().value;
                    next = pages.follow(&address, page.next_url.as_deref().unwrap());
                    read.push(page);
                }
                Err(warning) => break warning,
            }
        };
        let kind = if case.name == "next-url-loop" { WarningKind::PageLoop } else { WarningKind::UrlRefused };
        assert_eq!(
            (refused.kind, refused.place.as_str()),
            (kind, "https://blog.example/posts/a/comments.json: next_url")
        );
        assert_eq!(merge_pages(read).value.len(), 5);
    }
}

#[test]
fn damage_on_purpose_takes_bounded_time() {
    let started = std::time::Instant::now();
    for hostile in [",{\"id\":1,\"title\":[", "\"},{\"", ",{\"id\":\"", "{\"a\":[[[", "}]"] {
        let document = format!("{{\"items\":[{}", hostile.repeat(300_000 / hostile.len()));
        let _ = ItemReader::new(document.into_bytes()).finish();
    }
    // Quadratic work on 300 kB would be 90,000,000,000 steps.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
