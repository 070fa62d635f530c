//! Text and draft of one composer: what was kept comes back, what is typed is kept, and what other tabs do is followed.

use super::check::Field;
use super::sheet::{Sheet, length};
use crate::drafts::{Keeper, Restored};
use crate::platform::spawn::spawn;
use crate::platform::text_area;
use afterword_core::draft::{Elsewhere, SaveState, Shown};
use afterword_core::writing::Target;
use leptos::prelude::*;

impl Sheet {
    /// Brings back what was kept, and puts in what was waiting.
    pub(super) fn restore(&self) {
        let (sheet, Some(keeper)) = (*self, self.keeper()) else { return };
        spawn(async move {
            let restored = keeper.restore().await;
            let Some(area) = sheet.area() else { return };
            // What somebody typed before the disk had answered stays; what was kept is among the copies then.
            if area.text().0.is_empty() && !sheet.desk.is_on_its_way(&keeper.draft_id(), &restored.text) {
                let Restored { text, selection, scroll, copies: _ } = &restored;
                sheet.show(&Shown { text: text.clone(), selection: *selection, scroll: *scroll });
            }
            sheet.copies.try_set(restored.copies);
            let Some(target) = sheet.target() else { return };
            if let Target::Edit(id) = &target
                && sheet.text().0.is_empty()
                && let Some(own) = sheet.desk.own_text(id).await
                && sheet.text().0.is_empty()
            {
                // Not kept as a draft before something is changed in it.
                let end = length(&own.0);
                sheet.show(&Shown { text: own, selection: (end, end), scroll: 0.0 });
            }
            sheet.take_waiting(&target);
        });
    }

    /// Shows a text that is kept already, and leaves the page where it is.
    pub(super) fn show(&self, shown: &Shown) {
        let Some(area) = self.area() else { return };
        text_area::in_place(&area.element(), || area.set_text(&shown.text));
        area.select(shown.selection.0, shown.selection.1);
        area.set_scroll(shown.scroll);
        self.units.try_set(shown.text.0.len());
        if self.previewing.try_get_untracked() == Some(true) {
            self.preview_soon();
        }
    }

    /// Follows what other tabs do with the draft.
    pub(super) fn follow(&self, keeper: &Keeper) {
        let (sheet, replaced) = (*self, keeper.replaced());
        Effect::new(move |_| {
            if let Some(shown) = replaced.get() {
                sheet.show(&shown);
            }
        });
        let is_kept = Memo::new(move |before: Option<&bool>| match sheet.state.get() {
            SaveState::Empty => false,
            SaveState::Saved | SaveState::Elsewhere(_) => true,
            SaveState::Unsaved | SaveState::NotSaved(_) => before.copied().unwrap_or_default(),
        });
        Effect::new(move |before: Option<bool>| {
            let kept = is_kept.get();
            if before.is_some_and(|before| before != kept) {
                sheet.desk.recount();
            }
            kept
        });
        let elsewhere = Memo::new(move |_| match sheet.state.get() {
            SaveState::Elsewhere(elsewhere) => Some(elsewhere),
            SaveState::Empty | SaveState::Unsaved | SaveState::Saved | SaveState::NotSaved(_) => None,
        });
        Effect::new(move |_| {
            let keeper = sheet.keeper().filter(|_| elsewhere.get() == Some(Elsewhere::Parted));
            spawn(async move {
                if let Some(keeper) = keeper {
                    sheet.copies.try_set(keeper.restore().await.copies);
                }
            });
        });
    }

    /// The text has changed: it is kept, and what depends on it is brought up to date.
    pub(super) fn typed(&self) {
        let (Some(area), Some(keeper)) = (self.area(), self.keeper()) else { return };
        let text = area.text();
        self.units.set(text.0.len());
        if self.previewing.get_untracked() {
            self.preview_soon();
        }
        let empty = text.0.is_empty();
        keeper.edited(text, area.selection(), area.scroll());
        area.grow();
        self.mended(Field::Text);
        if !empty && self.note.with_untracked(Option::is_some) {
            self.note.set(None);
        }
    }

    /// The caret stands elsewhere: that is kept as well.
    pub(super) fn left(&self) {
        let (Some(area), Some(keeper)) = (self.area(), self.keeper()) else { return };
        let text = area.text();
        if !text.0.is_empty() {
            keeper.edited(text, area.selection(), area.scroll());
        }
        keeper.flush();
    }
}
