//! Two texts at one place.

use super::{attempt, draft, stamp};
use afterword_core::draft::record::{Change, Store, encode};
use afterword_core::draft::{Attempt, Draft, DraftId, Settled, settle};

const OLD: (u64, u32) = (1, 1);

/// The attempt of writer 2 to save a text, whose base is the record `base`.
fn ours(text: &str, base: Option<(u64, u32)>, words_changed: bool) -> Attempt {
    attempt(&draft(text, stamp(2, 5)), base.map(|(writer, version)| stamp(writer, version)), words_changed)
}

fn theirs(text: &str, of: (u64, u32)) -> Draft {
    draft(text, stamp(of.0, of.1))
}

fn written(text: &str) -> Settled {
    Settled::Written(draft(text, stamp(2, 5)))
}

#[test]
fn what_nobody_else_touched_is_overwritten() {
    assert_eq!(settle(None, &ours("soup", None, true)), written("soup"));
    assert_eq!(settle(Some(&theirs("so", OLD)), &ours("soup", Some(OLD), true)), written("soup"));
    assert_eq!(settle(Some(&theirs("soup", OLD)), &ours("soup", Some(OLD), false)), written("soup"), "the caret");
    assert_eq!(settle(Some(&theirs("so", OLD)), &ours("", Some(OLD), true)), Settled::Removed);
    assert_eq!(settle(None, &ours("", None, true)), Settled::Nothing);
}

#[test]
fn what_was_deleted_meanwhile_is_put_again() {
    assert_eq!(settle(None, &ours("soup", Some(OLD), true)), written("soup"));
    assert_eq!(settle(None, &ours("soup", Some(OLD), false)), written("soup"));
    assert_eq!(settle(None, &ours("", Some(OLD), true)), Settled::Nothing);
}

#[test]
fn of_two_texts_both_are_kept() {
    for base in [None, Some(OLD)] {
        let attempt = ours("mine", base, true);
        let Settled::Parted(copy) = settle(Some(&theirs("theirs", (1, 2))), &attempt) else { panic!("{base:?}") };
        assert_eq!(copy.id, DraftId::copy_of(&attempt.place, attempt.stamp));
        assert_eq!(copy.shown, attempt.shown);
    }
}

#[test]
fn where_only_one_has_words_of_their_own_there_is_one_text() {
    let newer = theirs("theirs", (1, 2));
    assert_eq!(settle(Some(&newer), &ours("theirs", Some(OLD), true)), Settled::Adopted(newer.clone()));
    assert_eq!(settle(Some(&newer), &ours("old", Some(OLD), false)), Settled::Followed(newer.clone()));
    assert_eq!(settle(Some(&newer), &ours("", Some(OLD), true)), Settled::Followed(newer.clone()));
    assert_eq!(settle(Some(&newer), &ours("", None, false)), Settled::Followed(newer));
}

#[test]
fn a_save_that_was_given_up_and_came_through_is_ones_own() {
    assert_eq!(settle(Some(&theirs("so", (2, 4))), &ours("soup", Some(OLD), true)), written("soup"));
    assert_eq!(settle(Some(&theirs("so", (2, 4))), &ours("", None, true)), Settled::Removed);
    let newest = theirs("soups", (2, 6));
    assert_eq!(
        settle(Some(&newest), &ours("soup", Some(OLD), true)),
        Settled::Adopted(newest.clone()),
        "it comes too late"
    );
}

#[test]
fn a_change_writes_and_deletes_just_what_was_settled() {
    let put = |draft: &Draft| Change {
        puts: vec![(Store::Drafts, draft.id.as_str().to_owned(), encode(draft))],
        deletes: Vec::new(),
    };
    let attempt = ours("soup", Some(OLD), true);
    let draft = draft("soup", stamp(2, 5));
    assert_eq!(attempt.settle_raw(None), (written("soup"), put(&draft)));
    let copy = Draft { id: DraftId::copy_of(&attempt.place, attempt.stamp), ..draft };
    let stored = encode(&theirs("theirs", (1, 2)));
    assert_eq!(attempt.settle_raw(Some(&stored)), (Settled::Parted(copy.clone()), put(&copy)));
    let emptied = ours("", Some((1, 2)), true);
    let gone = Change { puts: Vec::new(), deletes: vec![(Store::Drafts, emptied.id.as_str().to_owned())] };
    assert_eq!(emptied.settle_raw(Some(&stored)), (Settled::Removed, gone));
    let same = ours("theirs", None, true);
    assert_eq!(same.settle_raw(Some(&stored)).1, Change::default());
}

#[test]
fn what_cannot_be_read_is_kept_aside_as_it_is() {
    let mut raw = encode(&theirs("from tomorrow", OLD));
    raw.insert("v".to_owned(), 7.0.into());
    let (settled, change) = ours("soup", None, true).settle_raw(Some(&raw));
    assert_eq!(settled, written("soup"));
    let id = draft("", stamp(2, 5)).id;
    let aside = format!("0000000000000002-5 {}", id.as_str());
    let soup = encode(&draft("soup", stamp(2, 5)));
    assert_eq!(change.puts, [(Store::Drafts, id.as_str().to_owned(), soup), (Store::Aside, aside, raw.clone())]);
    assert_eq!(change.deletes, []);
    let (settled, change) = ours("", None, true).settle_raw(Some(&raw));
    assert_eq!((settled, change), (Settled::Nothing, Change::default()), "with nothing to write it stays");
}
