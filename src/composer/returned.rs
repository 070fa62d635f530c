//! What comes back from the outbox: a letter that was refused, or that its writer has taken back.

use super::desk::Desk;
use super::panel::open_at;
use super::sheet::Sheet;
use crate::conversation::Conversation;
use crate::outbox::words::status;
use crate::platform::clock::now_millis;
use crate::platform::spawn::spawn;
use crate::platform::text_area;
use crate::texts::{Key, text};
use afterword_core::outbox::{Entry, EntryId, State};
use afterword_core::writing::{Letter, Writer};
use leptos::html::{div, p};
use leptos::prelude::*;

/// Puts the text of a letter that was taken back into a composer at its place, with the focus in it.
pub fn write_again(conversation: Conversation, letter: Letter) {
    if let Some(desk) = Desk::of(conversation) {
        bring_back(desk, letter, true);
    }
}

/// Opens a composer for whatever is refused, as long as the conversation is there.
pub(super) fn watch(desk: Desk) {
    let (Some(owner), Some(outbox)) = (desk.conversation.owner(), desk.outbox) else { return };
    let Some(post) = desk.conversation.post().map(|post| post.path()) else { return };
    let entries = outbox.entries();
    owner.with(|| {
        let known = StoredValue::new(Vec::<EntryId>::new());
        Effect::new(move |_| {
            let refused: Vec<Entry> = entries.with(|entries| {
                let here = entries.iter().filter(|entry| entry.letter.place.post == post);
                here.filter(|entry| is_refused(entry)).cloned().collect()
            });
            let new = |entry: &Entry| known.with_value(|known| !known.contains(&entry.id));
            for entry in refused.into_iter().filter(new).collect::<Vec<_>>() {
                known.update_value(|known| known.push(entry.id.clone()));
                desk.conversation.session().say(&status(&entry, now_millis()).text);
                // Not within the effect, whose signals the composer would belong to.
                spawn(async move { bring_back(desk, entry.letter, false) });
            }
        });
    });
}

fn is_refused(entry: &Entry) -> bool {
    match entry.state {
        State::Rejected(_) => true,
        State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Published { .. }
        | State::Held { .. } => false,
    }
}

/// The letters of this composer that were refused; whoever asks is told of others.
fn refused(sheet: Sheet) -> Vec<Entry> {
    let (Some(outbox), Some(place)) = (sheet.desk.outbox, sheet.target().and_then(|target| sheet.desk.place(target)))
    else {
        return Vec::new();
    };
    let mine = |entry: &&Entry| entry.letter.place == place && is_refused(entry);
    outbox.entries().try_with(|entries| entries.iter().filter(mine).cloned().collect()).unwrap_or_default()
}

/// Why the text that stands here was not taken.
pub(super) fn reason(sheet: Sheet) -> impl IntoView {
    move || {
        refused(sheet).pop().map(|entry| {
            let words = status(&entry, now_millis()).text;
            let notice = div().class("notice notice-error").child(p().child(words));
            div().class("composer-refused").attr("data-status", "refused").child(notice)
        })
    }
}

/// A letter that says just what this one says, and was refused.
pub(super) fn same(sheet: Sheet, letter: &Letter) -> Option<EntryId> {
    untrack(|| refused(sheet)).into_iter().find(|entry| entry.letter == *letter).map(|entry| entry.id)
}

/// The refusals of this composer have been read; all but one, if there is one that goes out again.
pub(super) fn dismiss(sheet: Sheet, but: Option<&EntryId>) {
    let Some(outbox) = sheet.desk.outbox else { return };
    for entry in untrack(|| refused(sheet)).into_iter().filter(|entry| Some(&entry.id) != but) {
        outbox.dismiss(entry.id);
    }
}

fn bring_back(desk: Desk, letter: Letter, focus: bool) {
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
    let opened = text_area::in_place(&element, || open_at(desk, &element, target, focus));
    let Some((sheet, keeper)) = opened.and_then(|sheet| Some((sheet, sheet.keeper()?))) else { return };
    spawn(async move {
        // After what was kept has come back.
        keeper.restore().await;
        let now = sheet.text();
        if now.is_blank() {
            sheet.fill(&words);
        } else if focus && now != words {
            sheet.append(&words);
        }
    });
}
