//! All drafts of the site, in a dialog: where each belongs, how it begins, and what can be done with it.

use super::desk::{Desk, excerpt};
use super::stored::stored;
use crate::conversation::Conversation;
use crate::drafts::Drafts;
use crate::platform::spawn::spawn;
use crate::platform::{clipboard, download, popover};
use crate::render::row::{absolute_date, fragment};
use crate::route::Route;
use crate::texts::{Key, counted, text, with_name};
use crate::ui::notice::press_button;
use afterword_core::draft::{Draft, Listed};
use afterword_core::writing::Target;
use leptos::html::{a, button, dialog, div, h2, h3, li, p, ul};
use leptos::prelude::*;
use std::any::Any;

/// The name of the exported file, and what it is.
const FILE: (&str, &str) = ("drafts.json", "application/json");

/// What the list shows; a copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Drawer {
    pub(super) desk: Desk,
    pub(super) listed: RwSignal<Option<Listed>>,
    node: NodeRef<leptos::html::Dialog>,
}

/// Opens the list over the page.
pub fn open(conversation: Conversation) {
    let Some(desk) = Desk::of(conversation) else { return };
    let (Some(owner), root) = (conversation.owner(), conversation.session().root()) else { return };
    let Some(place) = popover::append_to(&root) else { return };
    super::panel::adopt_style(&place);
    owner.with(|| {
        let held = StoredValue::new_local(None::<Box<dyn Any>>);
        let closed = {
            let place = place.clone();
            move || {
                let place = place.clone();
                // Not while the dialog's own listener is running.
                spawn(async move {
                    held.try_set_value(None);
                    place.remove();
                    desk.recount();
                });
            }
        };
        let mounted = leptos::mount::mount_to(place, move || view(desk, closed));
        held.set_value(Some(Box::new(mounted)));
    });
}

fn view(desk: Desk, closed: impl Fn() + 'static) -> impl IntoView {
    let drawer = Drawer { desk, listed: RwSignal::new(None), node: NodeRef::new() };
    drawer.node.on_load(|dialog| drop(dialog.show_modal()));
    drawer.reload();
    let close = press_button("button drafts-close", Key::HelpClose, Box::new(move || drawer.close()));
    dialog()
        .class("drafts")
        .aria_labelledby("drafts-title")
        .node_ref(drawer.node)
        .on(leptos::ev::close, move |_| closed())
        .child((
            div().class("drafts-head").child((h2().id("drafts-title").child(text(Key::DraftsOf)), close)),
            move || drawer.listed.with(|listed| list(drawer, listed.as_ref())),
            stored(drawer),
        ))
}

impl Drawer {
    /// Looks again what there is.
    pub(super) fn reload(&self) {
        let drawer = *self;
        spawn(async move {
            let listed = drawer.desk.all().await;
            drawer.listed.try_set(Some(listed));
        });
    }

    fn close(&self) {
        if let Some(dialog) = self.node.get_untracked() {
            dialog.close();
        }
    }
}

fn list(drawer: Drawer, listed: Option<&Listed>) -> impl IntoView + use<> {
    let Some(listed) = listed else {
        return leptos::either::Either::Left(p().class("drafts-none").child(text(Key::DraftsWaiting)));
    };
    let none = (listed.drafts.is_empty() && listed.damaged.is_empty())
        .then(|| p().class("drafts-none").child(text(Key::DraftsNone)));
    let places = by_place(&listed.drafts).into_iter().map(|drafts| {
        let class = if drafts.len() > 1 { "drafts-place has-versions" } else { "drafts-place" };
        li().class(class).child(drafts.into_iter().map(|draft| one(drawer, draft)).collect_view())
    });
    let damaged = u32::try_from(listed.damaged.len()).unwrap_or(u32::MAX);
    let damaged = (damaged > 0).then(|| {
        p().class("notice notice-warning").child(counted(Key::DraftsDamagedOne, Key::DraftsDamagedMany, damaged))
    });
    let drafts = drawer.desk.drafts;
    let export = none.is_none().then(|| {
        press_button(
            "button drafts-export",
            Key::DraftsExport,
            Box::new(move || spawn(async move { save(drafts).await })),
        )
    });
    leptos::either::Either::Right((
        none,
        ul().class("drafts-list").role("list").child(places.collect_view()),
        damaged,
        export,
    ))
}

async fn save(drafts: Drafts) {
    let (name, kind) = FILE;
    download::offer(name, kind, &drafts.export().await);
}

/// Drafts with those of the same place beside each other, in the order of the first of each.
fn by_place(drafts: &[Draft]) -> Vec<Vec<Draft>> {
    let mut places: Vec<Vec<Draft>> = Vec::new();
    for draft in drafts {
        let known = places.iter_mut().find(|place| place.first().is_some_and(|first| first.place == draft.place));
        match known {
            Some(place) => place.push(draft.clone()),
            None => places.push(vec![draft.clone()]),
        }
    }
    places
}

/// What a draft is, in words.
fn name_of(draft: &Draft) -> String {
    let author = draft.context.answered_author.as_str();
    match &draft.place.target {
        Target::Thread => text(Key::DraftThread).replace("{name}", title_of(draft)),
        Target::Reply(_) if author.is_empty() => text(Key::DraftReplySomebody).to_owned(),
        Target::Reply(_) => with_name(Key::DraftReply, author),
        Target::Edit(_) => text(Key::DraftEdit).to_owned(),
    }
}

fn title_of(draft: &Draft) -> &str {
    let title = draft.context.post_title.trim();
    if title.is_empty() { text(Key::Untitled) } else { title }
}

/// One draft.
fn one(drawer: Drawer, draft: Draft) -> impl IntoView {
    let discarded = RwSignal::new(false);
    let id = draft.id.as_str().to_owned();
    let where_ = match &draft.place.target {
        Target::Thread => None,
        Target::Reply(_) | Target::Edit(_) => {
            Some(p().class("draft-on").attr("dir", "auto").child(with_name(Key::DraftOn, title_of(&draft))))
        }
    };
    let time = draft.modified.map(|time| p().class("draft-time").child(absolute_date(time)));
    let version = draft.id.is_copy().then(|| p().class("draft-version").child(text(Key::DraftCopyOf)));
    let answered = Some(draft.context.answered_excerpt.clone()).filter(|words| !words.is_empty()).map(|words| {
        p().class("draft-answered").attr("dir", "auto").child(format!("{} {words}", text(Key::DraftAnswering)))
    });
    let head = div().class("draft-head").child((
        h3().class("draft-name").attr("dir", "auto").child(name_of(&draft)),
        where_,
        div().class("draft-facts").child((time, version)),
    ));
    let words = p().class("draft-words").attr("dir", "auto").child(excerpt(&draft.text().to_text()));
    let kept = StoredValue::new(draft);
    div().class("draft").attr("data-id", id).class(("is-discarded", move || discarded.get())).child((
        head,
        answered,
        words,
        move || acts(drawer, kept, discarded),
    ))
}

fn acts(drawer: Drawer, kept: StoredValue<Draft>, discarded: RwSignal<bool>) -> impl IntoView {
    use leptos::either::Either;
    let drafts = drawer.desk.drafts;
    if discarded.get() {
        let undo = move || {
            discarded.set(false);
            let draft = kept.get_value();
            spawn(async move {
                if drafts.put_back(draft).await.is_err() {
                    discarded.try_set(true);
                }
            });
        };
        return Either::Left(div().class("draft-acts").role("status").child((
            p().child(text(Key::DraftDiscarded)),
            press_button("button draft-undo", Key::Undo, Box::new(undo)),
        )));
    }
    let copy = move || {
        let words = kept.with_value(|draft| draft.text().to_text());
        let session = drawer.desk.conversation.session();
        clipboard::copy(&words, move |copied| {
            if copied {
                session.say(text(Key::ComposeTextCopied));
            }
        });
    };
    let discard = move || {
        discarded.set(true);
        let (id, target) = kept.with_value(|draft| (draft.id.clone(), draft.place.target.clone()));
        if let Some(sheet) = drawer.desk.sheet(&target).filter(|_| drawer.is_here(kept) && !id.is_copy()) {
            sheet.empty();
        }
        spawn(async move { drop(drafts.discard(&id).await) });
    };
    Either::Right(div().class("draft-acts").child((
        way(drawer, kept),
        press_button("button draft-copy", Key::DraftCopy, Box::new(copy)),
        press_button("button draft-discard", Key::DraftDiscard, Box::new(discard)),
    )))
}

impl Drawer {
    /// Whether a draft belongs to the post that is shown.
    fn is_here(&self, kept: StoredValue<Draft>) -> bool {
        let post = self.desk.conversation.post().map(|post| post.path());
        kept.with_value(|draft| post.as_ref() == Some(&draft.place.post))
    }
}

/// The way to where a draft belongs: on this page, or as a link.
fn way(drawer: Drawer, kept: StoredValue<Draft>) -> impl IntoView {
    use leptos::either::Either;
    let target = kept.with_value(|draft| draft.place.target.clone());
    if !drawer.is_here(kept) {
        let session = drawer.desk.conversation.session();
        let mut href = kept.with_value(|draft| session.base().join(&Route::Post(draft.place.post.clone()).path()));
        if let Target::Reply(id) | Target::Edit(id) = &target {
            href.push_str(&fragment(id));
        }
        let followed = move |_| drawer.close();
        return Some(Either::Left(
            a().class("button draft-open").href(href).on(leptos::ev::click, followed).child(text(Key::DraftOpen)),
        ));
    }
    // What it answers is gone: it can only be copied.
    drawer.desk.has(&target).then(|| {
        let open = move |_| {
            drawer.close();
            drawer.desk.conversation.open_composer(target.clone());
        };
        Either::Right(
            button()
                .r#type("button")
                .class("button draft-open")
                .on(leptos::ev::click, open)
                .child(text(Key::DraftOpen)),
        )
    })
}
