//! What stands at the end of a conversation about drafts: how many there are, and those whose comment is gone.

use super::desk::{Desk, excerpt};
use super::list;
use crate::platform::popover;
use crate::texts::{Key, counted, text};
use crate::ui::notice::{OnPress, press_button};
use leptos::html::{button, div, p};
use leptos::prelude::*;

/// Puts it behind the place of the composer at the end of a conversation, until the conversation is gone.
pub(super) fn mount(desk: Desk) {
    use afterword_core::writing::Target;
    let (Some(owner), Some(place)) = (desk.conversation.owner(), desk.conversation.composer_place(&Target::Thread))
    else {
        return;
    };
    let Some(foot) = popover::place_near(&place, ".thread", "thread-compose") else { return };
    foot.set_class_name("drafts-foot");
    super::panel::adopt_style(&foot);
    owner.with(|| {
        // It goes with the conversation.
        StoredValue::new_local(leptos::mount::mount_to(foot, move || view(desk)));
    });
}

fn view(desk: Desk) -> impl IntoView {
    let line = move || {
        let count = desk.count.get();
        (count > 0).then(|| {
            let open: OnPress = Box::new(move || list::open(desk.conversation));
            button().r#type("button").class("drafts-open").on(leptos::ev::click, move |_| open()).child(counted(
                Key::DraftsOne,
                Key::DraftsMany,
                count,
            ))
        })
    };
    let gone = move || {
        let gone = desk.gone.get();
        let key = if gone.len() == 1 { Key::DraftGoneOne } else { Key::DraftGoneMany };
        (!gone.is_empty()).then(|| {
            let words = gone.iter().map(|draft| p().attr("dir", "auto").child(excerpt(&draft.text().to_text())));
            div().class("notice notice-warning drafts-gone").role("status").child((
                div().child((p().child(text(key)), words.collect_view())),
                press_button("button", Key::Drafts, Box::new(move || list::open(desk.conversation))),
            ))
        })
    };
    div().child((gone, line))
}
