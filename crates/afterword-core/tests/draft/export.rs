//! The file of all drafts.

use super::{SITE, draft, stamp};
use afterword_core::draft::record::{Field, Store, Unreadable};
use afterword_core::draft::{Damaged, Draft, DraftId, Listed, export};
use afterword_core::ids::CommentId;
use afterword_core::writing::{Target, Utf16};
use expect_test::expect;

#[test]
fn nothing_is_an_empty_list() {
    expect![[r#"
        {
          "afterword_drafts": 1,
          "drafts": [],
          "unreadable": []
        }
    "#]]
    .assert_eq(&export(&Listed::default()));
}

#[test]
fn every_draft_is_in_it_with_each_unit_of_its_text() {
    let reply = draft("a \"b\" \\ c\nd\te é", stamp(1, 1));
    let copy = DraftId::copy_of(&reply.place, stamp(2, 1));
    let mut edit = Draft { id: copy, modified: None, ..draft("", stamp(2, 1)) };
    edit.place.target = Target::Edit(CommentId::new("9"));
    edit.shown.text = Utf16(vec![0xd83d, 0xde00, 0xdc00, 0x1f, 0x20]);
    let mut thread = edit.clone();
    thread.place.target = Target::Thread;
    let raw = [
        ("text".to_owned(), Field::from("kept")),
        ("v".to_owned(), Field::Number(2.5)),
        ("w".to_owned(), Field::Number(f64::NAN)),
    ];
    let damaged = Damaged {
        store: Store::Drafts,
        key: format!("{SITE} posts/soup/ thread"),
        why: Unreadable::Newer(2.5),
        raw: raw.into(),
    };
    let listed = Listed { drafts: vec![reply, edit, thread], damaged: vec![damaged.clone(), damaged] };
    expect![[r#"
        {
          "afterword_drafts": 1,
          "drafts": [
            {"site": "https://small.example/", "post": "posts/soup/", "target": "reply", "comment": "7 a", "post_title": "Soup", "answered_author": "Ann", "answered_excerpt": "More \"salt\"", "modified": "1970-01-01T00:00:01Z", "copy": false, "text": "a \"b\" \\ c\nd\u0009e é"},
            {"site": "https://small.example/", "post": "posts/soup/", "target": "edit", "comment": "9", "post_title": "Soup", "answered_author": "Ann", "answered_excerpt": "More \"salt\"", "copy": true, "text": "😀\udc00\u001f "},
            {"site": "https://small.example/", "post": "posts/soup/", "target": "thread", "post_title": "Soup", "answered_author": "Ann", "answered_excerpt": "More \"salt\"", "copy": true, "text": "😀\udc00\u001f "}
          ],
          "unreadable": [
            {"key": "https://small.example/ posts/soup/ thread", "field text": "kept", "field v": 2.5, "field w": null},
            {"key": "https://small.example/ posts/soup/ thread", "field text": "kept", "field v": 2.5, "field w": null}
          ]
        }
    "#]].assert_eq(&export(&listed));
}
