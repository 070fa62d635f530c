//! How a composer comes into a page, and goes away again.

use super::desk::Desk;
use super::form::form;
use super::sheet::Sheet;
use crate::conversation::Conversation;
use crate::platform::{page, panel};
use crate::render::region::RegionElement;
use afterword_core::writing::Target;

/// How all of this looks. It comes with it: readers who do not write need not wait for it.
const STYLE: &str = include_str!("../../style/composer.css");

/// The class of a place with a composer in it.
pub(super) const WRITING: &str = "is-writing";

/// Gives the tree that an element lives in the style sheet of the composer.
pub(super) fn adopt_style(near: &RegionElement) {
    panel::adopt_style(near, STYLE);
}

/// Opens a composer in an element that is its own, or finds it there; `focus` tells whether the reader wants to type. Only
/// [`crate::lazy`] calls this, so that it goes into a part of its own.
pub fn open(conversation: Conversation, place: &RegionElement, target: Target, focus: bool) {
    let Some(desk) = Desk::of(conversation) else { return };
    open_at(desk, place, target, focus);
}

/// The same at a desk; gives the composer.
pub(super) fn open_at(desk: Desk, place: &RegionElement, target: Target, focus: bool) -> Option<Sheet> {
    if let Some(sheet) = desk.sheet(&target) {
        if sheet.form().is_some_and(|form| form.is_connected()) {
            if focus {
                sheet.focus();
            }
            sheet.take_waiting(&target);
            return Some(sheet);
        }
        // Its place went away with the row that it was in.
        sheet.close();
    }
    adopt_style(place);
    let opener = panel::focused(place).filter(|_| focus);
    page::set_class(place, WRITING, true);
    let owner = desk.conversation.owner()?;
    owner.with(|| {
        let sheet = Sheet::new(desk, target, place.clone(), opener, focus)?;
        desk.add(sheet);
        let mounted = leptos::mount::mount_to(place.clone(), move || form(sheet));
        sheet.set_mounted(Box::new(mounted));
        Some(sheet)
    })
}

/// Closes the composer of a target, if it is open; its draft stays.
pub fn close(conversation: Conversation, target: &Target) {
    if let Some(sheet) = Desk::of(conversation).and_then(|desk| desk.sheet(target)) {
        sheet.cancel();
    }
}
