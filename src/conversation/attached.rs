//! A conversation that is bound to the element with its rows: fetched, shown, and listening.

use super::folding::heir_of_focus;
use super::travel::Awaited;
use super::{Comments, Conversation, Talk};
use crate::arrivals::Arrivals;
use crate::choice;
use crate::lazy::PartNotLoaded;
use crate::load::load_thread;
use crate::muted::AuthorKey;
use crate::platform::keys::{Keys, Press};
use crate::platform::listener::Listener;
use crate::platform::{location, page, pause, prefs, spawn::spawn};
use crate::render::highlight::BlockWatch;
use crate::render::preview::Previews;
use crate::render::region::{Region, RegionElement, when_placed};
use crate::render::renderer::{Renderer, RowEvent};
use crate::render::row::{Acts, author_name, fragment};
use crate::route::Route;
use crate::session::Session;
use crate::texts::{Key, text, with_name};
use crate::ui::help;
use crate::ui::menu::{RowMenu, Tools};
use crate::ui::tools;
use crate::visited;
use afterword_core::body::Policy;
use afterword_core::model::{Post, ThreadState};
use afterword_core::rows::{Row, Selection, Showing, View, build_rows};
use afterword_core::thread::{Order, Thread};
use afterword_core::writing::Target;
use leptos::prelude::*;
use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What a conversation has once it is bound. Held until the component is gone; with it go the listeners.
pub(super) struct Attached {
    pub(super) renderer: Rc<Renderer>,
    /// The element of the whole conversation.
    section: Option<RegionElement>,
    /// Fetches the comments.
    pub(super) load: fn(&Conversation),
    /// The rows that are shown, hidden ones included.
    pub(super) rows: Rc<[Row]>,
    /// Their thread.
    pub(super) shown: Option<Arc<Thread>>,
    /// A comment to go to, as soon as its row is there.
    pub(super) awaited: Option<Awaited>,
    /// Where what is looked for is shown, if the page has the place.
    find_place: Option<RegionElement>,
    /// Where something is written that answers nobody.
    pub(super) compose_place: Option<RegionElement>,
    /// Whether it was looked for what was begun here.
    pub(super) restored: bool,
    /// Waits for something to be selected.
    pub(super) selects: Option<Listener>,
    arrivals: Option<Arrivals>,
    _keys: Keys,
    _listeners: [Option<Listener>; 2],
    mounted: Vec<Box<dyn Any>>,
}

impl Conversation {
    /// Binds the conversation to the element that holds its rows: fetches the comments, shows them, and listens, until
    /// the component that called this is gone.
    pub fn attach(&self, host: &RegionElement) {
        // The component may be gone by now, and its state with it.
        let Some(owner) = self.owner() else { return };
        owner.with(|| self.bind(host));
        self.load();
    }

    fn bind(&self, host: &RegionElement) {
        let conversation = *self;
        let site = self.session.site();
        let policy = Policy::comment().with_image_hosts(&site.image_hosts);
        let tools = Tools::new(self.session.base().join(""));
        let on_event = move |event| conversation.row_event(event, tools);
        let state = self.post().map_or(ThreadState::Closed, |post| post.thread.state);
        let acts = Acts::of(&site.back_end, state);
        let language = site.language.as_deref();
        let Some(renderer) = Renderer::new(host, policy, acts, language, on_event) else { return };
        let renderer = Rc::new(renderer);
        let attached = Attached {
            renderer: Rc::clone(&renderer),
            section: host.closest(".thread").ok().flatten().and_then(|section| section.dyn_into().ok()),
            load: Self::load,
            rows: Rc::default(),
            shown: None,
            awaited: None,
            find_place: None,
            compose_place: None,
            restored: false,
            selects: None,
            arrivals: None,
            _keys: Keys::listen(move |press| conversation.pressed(press)),
            _listeners: [
                location::on_fragment(move || conversation.go_to_fragment()),
                prefs::on_change(move || tools.reload()),
            ],
            mounted: Vec::new(),
        };
        self.attached.set_value(Some(attached));
        self.mount(Region::ThreadTools, crate::lazy::mount_tools);
        self.mount(Region::ThreadPill, crate::lazy::mount_pill);
        self.mount(Region::ThreadRows, crate::lazy::preview_parents);
        if self.takes_comments() {
            let composer = move |place| {
                conversation.with_attached(|attached| attached.compose_place = Some(place));
            };
            when_placed(self.session, Region::ThreadComposer, Box::new(composer));
            self.mount(Region::ThreadCompose, crate::lazy::mount_compose);
        }
        let find = move |place| {
            conversation.with_attached(|attached| attached.find_place = Some(place));
            if conversation.find.with_untracked(|find| !find.is_empty()) {
                conversation.open_find(false);
            }
        };
        when_placed(self.session, Region::ThreadFind, Box::new(find));
        choice::restore(self);
        Effect::new({
            let renderer = Rc::clone(&renderer);
            move |_| renderer.mute(tools.muted.get())
        });
        Effect::new(move |_| choice::write_address(&conversation));
        let visit = Memo::new(move |_| conversation.talk.with(|talk| talk.visit));
        Effect::new({
            let renderer = Rc::clone(&renderer);
            move |_| renderer.mark_new(visit.get())
        });
        Effect::new(move |landed: Option<bool>| conversation.show(&renderer, landed.unwrap_or_default()));
        on_cleanup(move || {
            page::set_root_class("app-complete", false);
            // Dropped where nothing else is being done with it: what is held may ask the conversation something.
            let attached = conversation.attached.try_update_value(Option::take);
            drop(attached);
        });
    }

    /// Puts a component into a region, for as long as the conversation is bound.
    fn mount<F>(&self, region: Region, mount: impl FnOnce(Self, RegionElement) -> F + 'static)
    where
        F: Future<Output = Result<Box<dyn Any>, PartNotLoaded>> + 'static,
    {
        let conversation = *self;
        let ready = move |place: RegionElement| {
            let Some(owner) = Owner::current() else { return };
            let mounting = owner.with(|| mount(conversation, place.clone()));
            spawn(async move {
                match mounting.await {
                    Ok(mounted) => {
                        conversation.with_attached(|attached| attached.mounted.push(mounted));
                    }
                    Err(PartNotLoaded) => page::complain_behind(&place, Some(text(Key::PartFailed))),
                }
            });
        };
        when_placed(self.session, region, Box::new(ready));
    }

    pub(super) fn with_attached<T>(&self, with: impl FnOnce(&mut Attached) -> T) -> Option<T> {
        self.attached.try_update_value(|attached| attached.as_mut().map(with)).flatten()
    }

    /// Shows what the links to answered comments lead to, until what this gives is dropped.
    pub fn preview_parents(&self, rows: &RegionElement) -> Box<dyn Any> {
        let conversation = *self;
        let policy = Policy::comment().with_image_hosts(&self.session.site().image_hosts);
        let shown = move || {
            let flat = |talk: &Talk| Some((Arc::clone(talk.thread()?), talk.view == View::Flat));
            conversation.talk.try_with_untracked(flat).flatten()
        };
        Box::new(Previews::watch(rows, policy, Box::new(shown)))
    }

    /// The rows that are shown, hidden ones included.
    pub(super) fn rows(&self) -> Rc<[Row]> {
        self.with_attached(|attached| Rc::clone(&attached.rows)).unwrap_or_default()
    }

    /// The app's state around the conversation.
    pub fn session(&self) -> Session {
        self.session
    }

    /// The post, as far as its conversation needs it.
    pub fn post(&self) -> Option<Arc<Post>> {
        self.page.try_with_value(|page| Arc::clone(&page.post))
    }

    /// What the post says about its conversation has changed.
    pub fn set_post(&self, post: Arc<Post>) {
        self.page.try_update_value(|page| page.post = post);
    }

    fn load(&self) {
        let conversation = *self;
        spawn(async move {
            // The component may be gone by now, and its state with it: then this says nothing.
            let Some(post) = conversation.post() else { return };
            let loaded = load_thread(conversation.session, &post).await;
            let ready = conversation.talk.try_update(|talk| {
                match loaded {
                    // Rows that stand in the page are not taken away because a file behind them is missing.
                    Ok(loaded) => match loaded.damage.lost_to() {
                        Some(error) if conversation.is_prerendered() => talk.comments = Comments::Failed(error),
                        Some(_) | None => talk.take_comments(loaded.thread, loaded.damage),
                    },
                    Err(error) => talk.comments = Comments::Failed(error),
                }
                if let Comments::Ready(thread, _) = &talk.comments {
                    // Else nothing would be shown.
                    if talk.view == View::Author && !thread.has_post_author() {
                        talk.view = View::Threaded;
                    }
                    talk.visit = talk.visit.or_else(|| visited::begin(&conversation.session, &post, thread));
                    Some(Arc::clone(thread))
                } else {
                    None
                }
            });
            if let Some(thread) = ready.flatten() {
                conversation.prepare(&post, thread).await;
            }
        });
    }

    /// Does what can wait until the comments are shown.
    async fn prepare(&self, post: &Post, thread: Arc<Thread>) {
        if self.takes_comments() {
            self.restore_writing();
        }
        let arrivals = Arrivals::watch(*self, post);
        self.with_attached(|attached| attached.arrivals = arrivals);
        // Readers who save data get this part of the app when they ask for it.
        if !page::saves_data() && !says_what_it_answers(&thread) {
            pause::idle().await;
            self.infer(thread).await;
        }
    }

    /// Looks for answers among comments that answer nobody, and offers them as a view.
    pub(crate) async fn infer(&self, thread: Arc<Thread>) {
        let Ok(inferring) = crate::lazy::infer(Arc::clone(&thread)).await else { return };
        let inferred = inferring.await;
        self.talk.try_update(|talk| {
            if matches!(&talk.comments, Comments::Ready(now, _) if Arc::ptr_eq(now, &thread)) {
                if talk.view == View::Inferred && inferred.is_none() {
                    talk.view = View::Threaded;
                }
                talk.inferred = inferred;
            }
        });
    }

    /// Puts the rows on the screen; the first time, goes to the comment that the address asks for when all are
    /// there. Gives whether there was anything to show.
    fn show(&self, renderer: &Rc<Renderer>, landed: bool) -> bool {
        let shown = self.talk.with(|talk| {
            let thread = talk.thread()?;
            Some((Arc::clone(thread), build_rows(thread, &showing(talk)), talk.view == View::Flat))
        });
        let Some((thread, rows, flat)) = shown else { return landed };
        let same_thread = self.is_up_to_date();
        // Much is told of in one breath with what decides about rows.
        let is_news = self.with_attached(|attached| {
            let before = attached.shown.replace(Arc::clone(&thread));
            let same = before.is_some_and(|before| Arc::ptr_eq(&before, &thread)) && *attached.rows == *rows;
            attached.rows = rows.as_slice().into();
            !same
        });
        if is_news != Some(true) {
            return landed;
        }
        let conversation = *self;
        if let Some(section) = self.with_attached(|attached| attached.section.clone()).flatten() {
            let view = self.talk.with_untracked(|talk| talk.view);
            // The owner's way stands there already, or nothing.
            if section.has_attribute("data-view") || view != self.session.site().view {
                page::set_attribute(&section, "data-view", Some(view.name()));
            }
        }
        let heir =
            renderer.focused().filter(|_| same_thread).and_then(|focused| heir_of_focus(&thread, &rows, focused));
        renderer.show(&thread, rows, flat, move || {
            page::set_root_class("app-complete", true);
            if landed {
                conversation.go_to_awaited();
            } else {
                conversation.land();
            }
        });
        if let Some(heir) = heir {
            renderer.focus_row(heir);
        }
        true
    }

    /// Shows the comments in another order, says so, and remembers it.
    pub fn set_order(&self, order: Order) {
        choice::remember_order(&self.session, order);
        self.talk.update(|talk| talk.order = order);
        self.session.say(&with_name(Key::OrderChanged, text(tools::order_key(order))));
    }

    /// Lays the comments out in another way, says so, and remembers it.
    pub fn set_view(&self, view: View) {
        choice::remember_view(&self.session, view);
        let looks_for_nothing = self.find.with_untracked(|find| find.trim().is_empty());
        self.talk.update(|talk| {
            talk.view = view;
            // What was opened among the author's answers is no choice in another layout.
            if looks_for_nothing {
                talk.selection = None;
            }
        });
        self.session.say(&with_name(Key::ViewChanged, text(tools::view_key(view))));
        if view == View::Inferred
            && let Some(thread) = self.talk.with_untracked(|talk| match (&talk.inferred, &talk.comments) {
                (None, Comments::Ready(thread, _)) => Some(Arc::clone(thread)),
                (Some(_), _) | (_, Comments::Loading | Comments::Failed(_)) => None,
            })
        {
            let conversation = *self;
            spawn(async move { conversation.infer(thread).await });
        }
    }

    /// The orders that say something about this thread; before it is here, the one that is chosen.
    pub fn offered_orders(&self) -> Vec<Order> {
        self.talk.with(|talk| match &talk.comments {
            Comments::Ready(thread, _) => {
                Order::ALL.into_iter().filter(|&order| thread.offers(order) || order == talk.order).collect()
            }
            Comments::Loading | Comments::Failed(_) => vec![talk.order],
        })
    }

    /// The views that say something about this thread; before it is here, the one that is chosen.
    pub fn offered_views(&self) -> Vec<View> {
        self.talk.with(|talk| {
            let offers = |view| match (view, &talk.comments) {
                (_, Comments::Loading | Comments::Failed(_)) => false,
                (View::Threaded | View::Flat, Comments::Ready(..)) => true,
                (View::Author, Comments::Ready(thread, _)) => thread.has_post_author(),
                (View::Inferred, Comments::Ready(..)) => talk.inferred.is_some(),
            };
            View::ALL.into_iter().filter(|&view| offers(view) || view == talk.view).collect()
        })
    }

    /// Shows only these comments with what is above them; with `None`, all of them.
    pub fn select(&self, selection: Option<Selection>) {
        if self.talk.with_untracked(|talk| talk.selection != selection) {
            self.talk.update(|talk| talk.selection = selection);
        }
    }

    /// The thread as it is shown; whoever asks is told of another one.
    pub fn thread(&self) -> Option<Arc<Thread>> {
        self.talk.with(|talk| talk.thread().cloned())
    }

    /// Opens the place where one looks for something in the conversation, fetching it if need be.
    pub fn open_find(&self, focus: bool) {
        self.with_find_place(move |conversation, place| crate::lazy::open_find(conversation, place, focus));
    }

    fn with_find_place<F>(&self, open: impl FnOnce(Self, RegionElement) -> F + 'static)
    where
        F: Future<Output = Result<(), PartNotLoaded>>,
    {
        let Some(place) = self.with_attached(|attached| attached.find_place.clone()).flatten() else { return };
        let conversation = *self;
        spawn(async move {
            let opened = open(conversation, place.clone()).await;
            // Another press tries again.
            page::complain_behind(&place, opened.err().map(|PartNotLoaded| text(Key::PartFailed)));
        });
    }

    /// The scope of the component that the conversation belongs to, as long as it is there.
    pub fn owner(&self) -> Option<Owner> {
        self.owner.try_get_value().flatten()
    }

    /// The language of the site.
    pub fn language(&self) -> Option<String> {
        self.session.site().language.clone()
    }

    /// Has `watch` called with each block that comes near the screen, leaves it, or changes while it is near.
    pub fn watch_blocks(&self, watch: Option<BlockWatch>) {
        if let Some(renderer) = self.with_attached(|attached| Rc::clone(&attached.renderer)) {
            renderer.watch_blocks(watch);
        }
    }

    fn row_event(&self, event: RowEvent, tools: Tools) {
        match event {
            RowEvent::FoldPressed(index) => self.fold(index),
            RowEvent::ReplyPressed(index) => self.reply_to(index),
            RowEvent::VotePressed(index, up) => self.vote(index, up),
            RowEvent::FoundHidden(found) => self.reveal(&found),
            RowEvent::MenuPressed(index, button) => self.open_menu(index, button, tools),
            RowEvent::AuthorPressed(index) => self.find_author(index),
        }
    }

    fn open_menu(&self, index: u32, button: RegionElement, tools: Tools) {
        let Some(path) = self.post().map(|post| Route::Post(post.path()).path()) else { return };
        let post = self.session.base().join(&path);
        let conversation = *self;
        let menu = self.talk.with_untracked(|talk| {
            let comment = talk.thread()?.comment(index);
            Some(RowMenu {
                button,
                link: post + &fragment(&comment.id),
                author: AuthorKey::of(&comment.author),
                name: author_name(comment).to_owned(),
                find_author: Box::new(move || conversation.find_author(index)),
                tools,
            })
        });
        let Some(menu) = menu else { return };
        let button = menu.button.clone();
        spawn(async move {
            let opened = crate::lazy::open_menu(menu).await;
            // Another press tries again.
            page::complain_behind(&button, opened.err().map(|PartNotLoaded| text(Key::PartFailed)));
        });
    }

    /// Shows what the author of a comment wrote.
    fn find_author(&self, index: u32) {
        self.with_find_place(move |conversation, place| crate::lazy::find_author(conversation, place, index));
    }

    fn pressed(&self, press: Press) {
        match press {
            Press::Go(way) => self.go(way),
            Press::Collapse => {
                if let Some(index) = self.with_attached(|attached| attached.renderer.focused()).flatten() {
                    self.fold(index);
                }
            }
            Press::CollapseAll => self.fold_all(),
            Press::Order => {
                let newest = self.talk.with_untracked(|talk| talk.order == Order::Newest);
                self.set_order(if newest { Order::Oldest } else { Order::Newest });
            }
            Press::Find => self.open_find(true),
            Press::Reply => match self.current() {
                Some(index) => self.reply_to(index),
                None => self.open_composer(Target::Thread),
            },
            Press::Quote => self.quote(),
            Press::Help => help::open(self.session),
        }
    }
}

/// Whether most comments say by themselves what they answer. Then there was a way to say so, and who answers nobody means
/// nobody: nothing is guessed unless somebody asks for it.
fn says_what_it_answers(thread: &Thread) -> bool {
    let answers = thread.comments().iter().filter(|comment| comment.parent.is_some()).count();
    answers * 3 > thread.len() * 2
}

/// How rows are shown now.
fn showing(talk: &Talk) -> Showing<'_> {
    Showing { order: talk.order, view: talk.view, collapsed: &talk.collapsed, selection: talk.selection.as_ref() }
}
