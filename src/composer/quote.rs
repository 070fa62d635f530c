//! Quoting: what is selected in a comment goes into the answer to it, what is selected in the post into a comment on it.

use super::desk::Desk;
use crate::conversation::Conversation;
use crate::platform::listener::Timer;
use crate::platform::selection::{self, Selected};
use crate::platform::{page, popover, spawn::spawn};
use crate::render::region::RegionElement;
use crate::render::row::{author_name, fragment};
use crate::route::Route;
use crate::texts::{Key, text};
use afterword_core::compose::quote::{Source, quote};
use afterword_core::ids::CommentId;
use afterword_core::writing::{Target, Utf16};
use leptos::html::button;
use leptos::prelude::*;
use std::any::Any;

/// The texts that can be quoted.
const TEXTS: &str = ".comment-body, .post-body";

/// The row of a comment.
const ROW: &str = "article.comment";

/// A selection rests so long before anything is offered, in milliseconds: it is not finished before that.
const REST_MILLIS: i32 = 300;

/// Quotes what is selected, and opens the composer that it goes into; gives whether there was anything to quote.
pub fn quote_selection(conversation: Conversation) -> bool {
    let Some(desk) = Desk::of(conversation).filter(|_| conversation.takes_comments()) else { return false };
    let Some(selected) = selection::selected(&conversation.session().root(), TEXTS) else {
        conversation.session().say(text(Key::QuoteNothing));
        return false;
    };
    quote_into(desk, &selected).is_some()
}

fn quote_into(desk: Desk, selected: &Selected) -> Option<()> {
    let conversation = desk.conversation;
    let markup = desk.capabilities.with_value(|wanted| wanted.markup);
    let post = conversation.post()?;
    let mut address = conversation.session().base().join(&Route::Post(post.path()).path());
    let (target, name) = match selected.closest(ROW) {
        Some(row) => {
            let id = CommentId::from_element_id(&row.id())?;
            let comment = conversation.comment(&id)?;
            address.push_str(&fragment(&id));
            (Target::Reply(id), author_name(&comment).to_owned())
        }
        None => {
            let by = post.authors.first().map(|author| author.name.clone()).or_else(|| desk.owner_name());
            (Target::Thread, by.unwrap_or_default())
        }
    };
    let quoted = quote(&selected.text, Source { name: &name, address: Some(&address) }, markup);
    if quoted.is_empty() {
        return None;
    }
    selection::clear();
    desk.wait_for(target.clone(), Utf16::from(quoted.as_str()));
    conversation.open_composer(target);
    conversation.session().say(text(Key::ComposeQuoted));
    Some(())
}

/// The button beside a selection, as long as it is there.
struct Offer {
    place: RegionElement,
    _mounted: Box<dyn Any>,
}

impl Drop for Offer {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// Offers to quote whatever is selected, until the conversation is gone.
pub(super) fn watch(desk: Desk) {
    let Some(owner) = desk.conversation.owner() else { return };
    owner.with(|| {
        let offer = StoredValue::new_local(None::<Offer>);
        let rest = StoredValue::new_local(None::<Timer>);
        let changed = move || {
            offer.try_set_value(None);
            let timer = Timer::start(REST_MILLIS, move || {
                offer.try_set_value(offered(desk));
            });
            rest.try_set_value(Some(timer));
        };
        // It goes with the conversation.
        StoredValue::new_local(selection::on_change(changed));
    });
}

fn offered(desk: Desk) -> Option<Offer> {
    let conversation = desk.conversation;
    if conversation.is_gone() || !conversation.takes_comments() {
        return None;
    }
    let root = conversation.session().root();
    let selected = selection::selected(&root, TEXTS)?;
    let (left, top) = selected.end()?;
    let place = popover::append_to(&root)?;
    place.set_class_name("quote-offer");
    super::panel::adopt_style(&place);
    let pressed = move |_| {
        // Not while its own listener is running: what is quoted is not selected any more, and the button goes away.
        spawn(async move {
            quote_selection(conversation);
        });
    };
    let view = move || {
        button()
            .r#type("button")
            .class("quote-button")
            // What is selected stays so.
            .on(leptos::ev::pointerdown, |event| event.prevent_default())
            .on(leptos::ev::mousedown, |event| event.prevent_default())
            .on(leptos::ev::click, pressed)
            .child(text(Key::QuoteButton))
    };
    let mounted = leptos::mount::mount_to(place.clone(), view);
    selection::place_at(&place, left, top);
    page::set_class(&place, "is-placed", true);
    Some(Offer { place, _mounted: Box::new(mounted) })
}
