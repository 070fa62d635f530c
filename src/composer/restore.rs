//! What was begun on a page comes back when the page does.

use super::desk::Desk;
use super::{foot, panel, quote, returned};
use crate::conversation::Conversation;
use crate::drafts::any_for;
use crate::platform::text_area;
use afterword_core::writing::Target;
use leptos::prelude::*;

/// Opens a composer for each draft of the post, at its place and with its text, caret and scroll position. Nothing gets
/// the focus, and the page stays where it is. What belongs to a comment that is gone is offered at the end. Also begins to
/// offer quoting.
pub async fn restore(conversation: Conversation) {
    let Some(desk) = Desk::of(conversation) else { return };
    foot::mount(desk);
    quote::watch(desk);
    returned::watch(desk);
    let Some(post) = conversation.post() else { return };
    // Most readers have never written anything here: for them no database is made.
    if !any_for(&conversation.session().base().join(""), &post.path()).await {
        return desk.recount();
    }
    let listed = desk.drafts.of_post(&post.path()).await;
    if desk.is_gone() {
        return;
    }
    let mut seen: Vec<Target> = Vec::new();
    let mut gone = Vec::new();
    for draft in listed.drafts {
        let target = draft.place.target.clone();
        // Of several versions the composer shows one, and offers the others.
        if seen.contains(&target) {
            continue;
        }
        // What is being sent stands in its row.
        if desk.is_on_its_way(&draft.id, draft.text()) {
            continue;
        }
        match conversation.composer_place(&target).filter(|_| desk.has(&target)) {
            Some(place) => {
                text_area::in_place(&place, || panel::open_at(desk, &place, target.clone(), false));
                seen.push(target);
            }
            None => gone.push(draft),
        }
    }
    desk.gone.try_set(gone);
    desk.recount();
}
