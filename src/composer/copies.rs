//! Two versions of one draft, as they come about in two tabs: shown beside each other, to choose from. Whatever is chosen,
//! neither is lost by it.

use super::sheet::Sheet;
use crate::platform::clock::now_timestamp;
use crate::platform::spawn::spawn;
use crate::texts::{Key, text};
use crate::ui::notice::press_button;
use afterword_core::draft::{Draft, Shown};
use leptos::html::{div, p, section};
use leptos::prelude::*;

/// The other versions of a draft, where there are any.
pub(super) fn copies(sheet: Sheet) -> impl IntoView {
    move || {
        let copies = sheet.copies.get();
        (!copies.is_empty()).then(|| {
            section().class("composer-copies").role("status").child((
                p().class("composer-copies-why").child(text(Key::ComposeElsewhere)),
                copies.into_iter().map(|copy| version(sheet, copy)).collect_view(),
            ))
        })
    }
}

fn version(sheet: Sheet, copy: Draft) -> impl IntoView {
    let words = copy.text().to_text();
    let copy = StoredValue::new(copy);
    let act = |class: &'static str, key: Key, press: fn(Sheet, Draft)| {
        press_button(class, key, Box::new(move || press(sheet, copy.get_value())))
    };
    div().class("composer-copy").child((
        p().class("composer-copy-name").child(text(Key::ComposeCopyOther)),
        p().class("composer-copy-words").attr("dir", "auto").child(words),
        div().class("composer-copy-acts").child((
            act("button composer-copy-take", Key::ComposeCopyTake, swap),
            act("button composer-copy-append", Key::ComposeCopyAppend, append),
            act("button composer-copy-discard", Key::ComposeCopyDiscard, discard),
        )),
    ))
}

/// The two change places: what stood in the field is the other version now.
fn swap(sheet: Sheet, copy: Draft) {
    let Some(keeper) = sheet.keeper() else { return };
    let shown = Shown { text: sheet.text(), ..Shown::default() };
    let mine = Draft { id: keeper.draft_id(), modified: now_timestamp(), shown, ..copy.clone() };
    sheet.set_all(copy.text());
    let drafts = sheet.desk.drafts;
    spawn(async move {
        keeper.settle().await;
        // Something else is kept at its place now, so it is kept beside that. Until it is, the other version stays.
        if drafts.put_back(mine).await.is_ok() && keeper.draft_id() != copy.id {
            drafts.discard(&copy.id).await;
        }
        sheet.copies.try_set(keeper.restore().await.copies);
    });
}

/// Both become one text.
fn append(sheet: Sheet, copy: Draft) {
    let Some(keeper) = sheet.keeper() else { return };
    sheet.append(copy.text());
    spawn(async move {
        keeper.settle().await;
        discard(sheet, copy);
    });
}

fn discard(sheet: Sheet, copy: Draft) {
    sheet.copies.try_update(|copies| copies.retain(|other| other.id != copy.id));
    sheet.focus();
    let desk = sheet.desk;
    spawn(async move {
        desk.drafts.discard(&copy.id).await;
        desk.recount();
        if let Some(keeper) = sheet.keeper() {
            sheet.copies.try_set(keeper.restore().await.copies);
        }
    });
}
