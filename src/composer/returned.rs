//! What comes back from the outbox: a letter that was refused, or that its writer has taken back.

use super::check::fault_of;
use super::desk::Desk;
use super::panel::open_at;
use crate::conversation::Conversation;
use crate::platform::spawn::spawn;
use crate::platform::text_area;
use crate::texts::{Key, text};
use afterword_core::outbox::{Entry, EntryId, State};
use afterword_core::writing::{Letter, Refusal, Writer};
use leptos::prelude::*;

/// Puts the text of a letter that was taken back into a composer at its place, with the focus in it.
pub fn write_again(conversation: Conversation, letter: Letter) {
    if let Some(desk) = Desk::of(conversation) {
        bring_back(desk, letter, None);
    }
}

/// Brings back whatever is refused, as long as the conversation is there.
pub(super) fn watch(desk: Desk) {
    let (Some(owner), Some(outbox)) = (desk.conversation.owner(), desk.outbox) else { return };
    let Some(post) = desk.conversation.post().map(|post| post.path()) else { return };
    let entries = outbox.entries();
    owner.with(|| {
        Effect::new(move |_| {
            let refused: Vec<(EntryId, Refusal)> = entries.with(|entries| {
                let here = entries.iter().filter(|entry| entry.letter.place.post == post);
                here.filter_map(|entry| Some((entry.id.clone(), refusal(entry)?))).collect()
            });
            for (id, refusal) in refused {
                spawn(async move {
                    // Of several tabs, one gets it.
                    if let Some(letter) = outbox.withdraw(&id).await {
                        bring_back(desk, letter, Some(refusal));
                    }
                });
            }
        });
    });
}

fn refusal(entry: &Entry) -> Option<Refusal> {
    match &entry.state {
        State::Rejected(refusal) => Some(refusal.clone()),
        State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Published { .. }
        | State::Held { .. } => None,
    }
}

fn bring_back(desk: Desk, letter: Letter, refusal: Option<Refusal>) {
    if desk.is_gone() {
        return;
    }
    let Letter { place, text: words, writer, title: _ } = letter;
    let target = place.target;
    let Some(element) = desk.conversation.composer_place(&target).filter(|_| desk.has(&target)) else {
        // What it belongs to is gone: its draft is in the list.
        desk.recount();
        return desk.conversation.session().say(text(Key::ComposeRefusedGone));
    };
    if desk.signature.writer.with_untracked(|known| *known == Writer::default()) {
        desk.signature.writer.set(writer);
    }
    let asked_for = refusal.is_none();
    let opened = text_area::in_place(&element, || open_at(desk, &element, target, false));
    let Some((sheet, keeper)) = opened.and_then(|sheet| Some((sheet, sheet.keeper()?))) else { return };
    spawn(async move {
        // After what was kept has come back.
        keeper.restore().await;
        let now = sheet.text();
        if now.is_blank() {
            sheet.fill(&words);
        } else if now != words {
            sheet.append(&words);
        }
        if asked_for {
            sheet.focus();
        }
        if let Some(refusal) = refusal {
            let fault = fault_of(&refusal);
            desk.conversation.session().say(&fault.words);
            sheet.faults.try_set(vec![fault]);
        }
    });
}
