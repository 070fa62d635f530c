//! What a text will look like: beside it where there is room, else in its place.

use super::sheet::Sheet;
use crate::lazy::{self, PartNotLoaded};
use crate::platform::spawn::spawn;
use crate::render::body::show_body;
use crate::texts::{Key, text};
use crate::ui::tools::switch;
use afterword_core::writing::Utf16;
use leptos::html::{div, p, section};
use leptos::prelude::*;

/// The choice between writing and looking; where both fit, whether to look as well.
pub(super) fn modes(sheet: Sheet) -> impl IntoView {
    let preview = move || {
        sheet.preview_now();
        sheet.previewing.set(true);
    };
    div().class("composer-modes").role("group").aria_label(text(Key::ComposeModes)).child((
        switch(
            "composer-mode composer-mode-write",
            Key::ComposeWrite,
            move || !sheet.previewing.get(),
            move || {
                sheet.previewing.set(false);
                // Once it is shown.
                spawn(async move { sheet.focus() });
            },
        ),
        switch(
            "composer-mode composer-mode-preview",
            Key::ComposePreview,
            move || sheet.previewing.get(),
            move || {
                // Where both stand beside each other, a second press takes it away again.
                if sheet.previewing.get_untracked() && sheet.is_wide() {
                    sheet.previewing.set(false);
                } else {
                    preview();
                }
            },
        ),
    ))
}

/// The preview itself.
pub(super) fn pane(sheet: Sheet) -> impl IntoView {
    move || sheet.previewing.get().then(|| view(sheet))
}

fn view(sheet: Sheet) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    let failed = RwSignal::new(false);
    let is_blank = RwSignal::new(true);
    Effect::new(move |_| {
        let words = sheet.previewed.get();
        let Some(host) = node.get() else { return };
        let (markup, policy) = (sheet.desk.capabilities.with_value(|wanted| wanted.markup), sheet.desk.policy());
        is_blank.set(words.is_blank());
        spawn(async move {
            let body = lazy::preview(markup, words.to_text(), policy).await;
            // What was typed meanwhile has a preview of its own on the way.
            if sheet.previewed.try_with_untracked(|now: &Utf16| *now == words) != Some(true) {
                return;
            }
            match body {
                Ok(body) => show_body(&host, &body),
                Err(PartNotLoaded) => drop(failed.try_set(true)),
            }
        });
    });
    let note = move || match (failed.get(), is_blank.get()) {
        (true, _) => Some(text(Key::ComposePreviewFailed)),
        (false, true) => Some(text(Key::ComposePreviewEmpty)),
        (false, false) => None,
    };
    section()
        .class("composer-preview")
        .aria_label(text(Key::ComposePreview))
        .child((p().class("composer-preview-note").child(note), div().class("text").attr("dir", "auto").node_ref(node)))
}
