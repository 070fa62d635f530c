//! Drafts as a whole: how they are stored, what becomes of two texts at one place, and that nothing is ever lost.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as tests do")]

mod export;
mod interleaved;
mod keeping;
mod record;
mod settle;
mod world;

use afterword_core::draft::record::Store;
use afterword_core::draft::{Attempt, Context, Draft, DraftId, Shown, Stamp, WriterId};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::time::Timestamp;
use afterword_core::writing::{Place, Target, Utf16};

const SITE: &str = "https://small.example/";

fn place(target: Target) -> Place {
    Place { site: SITE.to_owned(), post: PostPath::parse("posts/soup/").unwrap(), target }
}

fn stamp(writer: u64, version: u32) -> Stamp {
    Stamp { writer: WriterId(writer), version }
}

fn shown(text: &str) -> Shown {
    Shown { text: Utf16::from(text), selection: (0, 0), scroll: 0.0 }
}

fn draft(text: &str, stamp: Stamp) -> Draft {
    let place = place(Target::Reply(CommentId::new("7 a")));
    let context = Context {
        post_title: "Soup".to_owned(),
        answered_author: "Ann".to_owned(),
        answered_excerpt: "More \"salt\"".to_owned(),
    };
    let modified = Timestamp::from_millis(1_000);
    Draft { id: DraftId::of(&place), place, context, shown: shown(text), modified, stamp }
}

/// An attempt to save what a draft says; `base` as in the attempt.
fn attempt(draft: &Draft, base: Option<Stamp>, words_changed: bool) -> Attempt {
    Attempt {
        id: draft.id.clone(),
        place: draft.place.clone(),
        context: draft.context.clone(),
        shown: draft.shown.clone(),
        modified: draft.modified,
        stamp: draft.stamp,
        base,
        words_changed,
    }
}

#[test]
fn ids_tell_places_and_copies_apart() {
    let thread = place(Target::Thread);
    let copy = DraftId::copy_of(&thread, stamp(255, 3));
    assert_eq!(copy.as_str(), "copy 00000000000000ff-3 https://small.example/ posts/soup/ thread");
    assert!(copy.is_copy() && !DraftId::of(&thread).is_copy());
    assert_ne!(copy, DraftId::copy_of(&thread, stamp(255, 4)));
    let about = |id: &DraftId, site: &str, post: &str| id.is_about(site, &PostPath::parse(post).unwrap());
    for id in [copy, DraftId::of(&thread), DraftId::of(&place(Target::Edit(CommentId::new(" x y"))))] {
        assert!(about(&id, SITE, "posts/soup/"), "{id:?}");
        assert!(!about(&id, SITE, "posts/sou/") && !about(&id, SITE, "posts/soup-2/"), "{id:?}");
        assert!(!about(&id, SITE, "pages/soup/") && !about(&id, "https://small.example/b/", "posts/soup/"), "{id:?}");
    }
    assert_eq!(Store::ALL.map(Store::name), ["drafts", "outbox", "aside"]);
}
