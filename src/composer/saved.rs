//! What is said of saving: quietly while all is well, at once where it is not.

use super::sheet::{Note, Sheet};
use crate::texts::{Key, text};
use crate::ui::notice::press_button;
use afterword_core::draft::{Elsewhere, SaveState, StorageError};
use leptos::html::{div, p};
use leptos::prelude::*;

/// How saving goes, in a word or two. It is not read out: who listens hears only of what goes wrong.
pub(super) fn state(sheet: Sheet) -> impl IntoView {
    let name = move || match sheet.state.get() {
        SaveState::Empty => "empty",
        SaveState::Unsaved => "unsaved",
        SaveState::Saved | SaveState::Elsewhere(_) => "saved",
        SaveState::NotSaved(_) => "not-saved",
    };
    let words = move || match sheet.state.get() {
        SaveState::Empty => None,
        SaveState::Unsaved => Some(text(Key::ComposeUnsaved)),
        SaveState::Saved | SaveState::Elsewhere(_) => Some(text(Key::ComposeSaved)),
        SaveState::NotSaved(_) => Some(text(Key::ComposeNotSaved)),
    };
    p().class("composer-state").attr("data-state", name).child(words)
}

/// Why something is not saved, and what that means.
fn why(error: StorageError) -> Key {
    match error {
        StorageError::Missing => Key::ComposeNotSavedMissing,
        StorageError::Blocked | StorageError::Closed => Key::ComposeNotSavedBlocked,
        StorageError::Full => Key::ComposeNotSavedFull,
        StorageError::Corrupt | StorageError::Failed => Key::ComposeNotSavedDamaged,
    }
}

/// What else there is to say below the text.
pub(super) fn notes(sheet: Sheet) -> impl IntoView {
    // Told once for each reason, not with each key.
    let trouble = Memo::new(move |_| match sheet.state.get() {
        SaveState::NotSaved(error) => Some(why(error)),
        SaveState::Empty | SaveState::Unsaved | SaveState::Saved | SaveState::Elsewhere(_) => None,
    });
    let not_saved = move || {
        trouble.get().map(|why| {
            let copy = press_button(
                "button composer-copy-text",
                Key::ComposeCopyText,
                Box::new(move || sheet.copy(Key::ComposeTextCopied)),
            );
            div().class("notice notice-warning").role("alert").child((p().child(text(why)), copy))
        })
    };
    let note = move || {
        sheet.note.get().map(|note| {
            let (words, undo) = match note {
                Note::Words(words) => (words, false),
                Note::Discarded(_) => (text(Key::ComposeDiscarded).to_owned(), true),
            };
            let undo =
                undo.then(|| press_button("button composer-undo", Key::Undo, Box::new(move || sheet.undo_discard())));
            div().class("notice").child((p().child(words), undo))
        })
    };
    let followed = Memo::new(move |_| sheet.state.get() == SaveState::Elsewhere(Elsewhere::Followed));
    let followed = move || followed.get().then(|| p().class("composer-followed").child(text(Key::ComposeFollowed)));
    div().class("composer-notes").child((not_saved, note, div().role("status").child(followed)))
}
