//! One post's conversation as the page holds it: the thread, its order, what is collapsed, and how fetching went.

use crate::damage::Damage;
use crate::remote::Remote;
use crate::render::region::RegionElement;
use crate::session::Session;
use afterword_core::model::Post;
use afterword_core::rows::Collapsed;
use afterword_core::thread::{Order, Thread};
use leptos::prelude::*;
use std::sync::Arc;

/// The state of one conversation; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Conversation {
    /// The post that is talked about.
    pub post: StoredValue<Arc<Post>>,
    /// The comments.
    pub thread: RwSignal<Remote<Arc<Thread>>>,
    /// What is missing of them, or odd.
    pub damage: RwSignal<Damage>,
    /// The order that is shown.
    pub order: RwSignal<Order>,
    /// Whose replies are hidden.
    pub collapsed: RwSignal<Collapsed>,
    /// Whether a comment was asked for that is not there.
    pub target_gone: RwSignal<bool>,
    /// Whether rows stood in the page before the comments were fetched.
    pub prerendered: bool,
}

impl Conversation {
    /// The conversation of a post, with nothing of it fetched yet.
    pub fn new(session: Session, post: Arc<Post>, prerendered: bool) -> Self {
        Self {
            order: RwSignal::new(session.site.get_untracked().order),
            post: StoredValue::new(post),
            thread: RwSignal::new(Remote::Loading),
            damage: RwSignal::new(Damage::default()),
            collapsed: RwSignal::new(Collapsed::default()),
            target_gone: RwSignal::new(false),
            prerendered,
        }
    }

    /// How many comments there are: those fetched, or as long as none are, what the post says.
    pub fn count(&self) -> u32 {
        self.thread.with(|thread| match thread {
            Remote::Ready(thread) => u32::try_from(thread.len()).unwrap_or(u32::MAX),
            Remote::Loading | Remote::Failed(_) => self.post.with_value(|post| post.thread.count),
        })
    }
}

#[cfg(not(feature = "browser"))]
impl Conversation {
    /// Natively nothing is fetched and nothing moves.
    pub fn attach(&self, _session: Session, _host: RegionElement) {}

    /// Natively there is nothing to try again.
    pub fn retry(&self, _session: Session) {}
}

#[cfg(feature = "browser")]
mod attached {
    use super::{Conversation, Order, RegionElement, Session};
    use crate::load::load_thread;
    use crate::platform::keys::{Keys, Press};
    use crate::platform::listener::Listener;
    use crate::platform::{location, page, pause::idle};
    use crate::remote::Remote;
    use crate::render::renderer::{Renderer, RowEvent};
    use crate::texts::{Key, text, with_name};
    use crate::ui::order::order_key;
    use afterword_core::body::Policy;
    use afterword_core::ids::CommentId;
    use afterword_core::rows::build_rows;
    use js_sys::futures::spawn_local;
    use leptos::prelude::*;
    use std::rc::Rc;

    impl Conversation {
        /// Binds the conversation to the element that holds its rows: fetches the comments, shows them, and listens,
        /// until the page that called this is gone.
        pub fn attach(&self, session: Session, host: RegionElement) {
            let conversation = *self;
            let Some(window) = web_sys::window() else { return };
            let Some(document) = page::document() else { return };
            let site = session.site.get_untracked();
            let policy = Policy::comment().with_image_hosts(&site.image_hosts);
            let on_event = move |event| conversation.row_event(event);
            let renderer = Renderer::new(&window, &document, &host, policy, site.language.as_deref(), on_event);
            let renderer = Rc::new(renderer);
            let keys = Keys::listen({
                let renderer = Rc::clone(&renderer);
                move |press| conversation.pressed(session, &renderer, press)
            });
            let fragments = Listener::new(&window, "hashchange", {
                let renderer = Rc::clone(&renderer);
                move |_: web_sys::Event| conversation.go_to_fragment(&renderer)
            });
            Effect::new({
                let renderer = Rc::clone(&renderer);
                let first = StoredValue::new(true);
                move |_| conversation.show(&renderer, first)
            });
            // Held until the page is gone; with them go the listeners.
            let held = StoredValue::new_local(Some((renderer, keys, fragments)));
            on_cleanup(move || {
                page::set_root_class("app-complete", false);
                held.set_value(None);
            });
            self.load(session);
        }

        /// Fetches the comments again.
        pub fn retry(&self, session: Session) {
            self.thread.set(Remote::Loading);
            self.load(session);
        }

        fn load(&self, session: Session) {
            let conversation = *self;
            spawn_local(async move {
                if conversation.prerendered {
                    idle().await;
                }
                let Some(post) = conversation.post.try_get_value() else { return };
                let loaded = load_thread(&session.base(), &post).await;
                // The page may be gone by now, and its signals with it: then this says nothing.
                match loaded {
                    Ok(loaded) => {
                        conversation.damage.try_set(loaded.damage);
                        conversation.thread.try_set(Remote::Ready(loaded.thread));
                    }
                    Err(error) => {
                        conversation.thread.try_set(Remote::Failed(error));
                    }
                }
            });
        }

        fn show(&self, renderer: &Rc<Renderer>, first: StoredValue<bool>) {
            let rows = self.thread.with(|thread| match thread {
                Remote::Ready(thread) => {
                    let rows = self.collapsed.with(|collapsed| build_rows(thread, self.order.get(), collapsed));
                    Some((thread.clone(), rows))
                }
                Remote::Loading | Remote::Failed(_) => None,
            });
            let Some((thread, rows)) = rows else { return };
            let conversation = *self;
            let first = first.try_update_value(std::mem::take).unwrap_or_default();
            let again = Rc::downgrade(renderer);
            renderer.show(&thread, rows, move || {
                page::set_root_class("app-complete", true);
                if let Some(renderer) = again.upgrade().filter(|_| first) {
                    conversation.land(&renderer);
                }
            });
        }

        /// Once, when all rows are there: goes to the comment that the address asked for. Where it was prerendered,
        /// the browser has gone there by itself.
        fn land(&self, renderer: &Renderer) {
            let adopted = self.prerendered && page::has(&location::fragment());
            if !adopted || !renderer.is_on_screen(&location::fragment()) {
                self.go_to_fragment(renderer);
            }
        }

        fn go_to_fragment(&self, renderer: &Renderer) {
            let Some(id) = CommentId::from_element_id(&location::fragment()) else { return };
            let found = self.thread.with_untracked(|thread| match thread {
                Remote::Ready(thread) => Some(thread.find(&id)),
                Remote::Loading | Remote::Failed(_) => None,
            });
            let Some(found) = found else { return };
            self.target_gone.set(found.is_none());
            if let Some(index) = found {
                self.reveal(index);
                renderer.go_to(index);
            }
        }

        fn reveal(&self, index: u32) {
            self.thread.with_untracked(|thread| {
                if let Remote::Ready(thread) = thread {
                    let mut collapsed = self.collapsed.get_untracked();
                    collapsed.reveal(thread, index);
                    if collapsed != self.collapsed.get_untracked() {
                        self.collapsed.set(collapsed);
                    }
                }
            });
        }

        fn row_event(&self, event: RowEvent) {
            match event {
                RowEvent::FoldPressed(index) => self.fold(index),
                RowEvent::FoundHidden(index) => self.reveal(index),
            }
        }

        fn fold(&self, index: u32) {
            self.collapsed.update(|collapsed| {
                let folded = collapsed.contains(index);
                collapsed.set(index, !folded);
            });
        }

        fn pressed(&self, session: Session, renderer: &Renderer, press: Press) {
            match press {
                Press::Next | Press::Previous => {
                    let step = if press == Press::Next { 1 } else { -1 };
                    if let Some(index) = renderer.neighbour(renderer.current(), step) {
                        renderer.go_to(index);
                    }
                }
                Press::Collapse => {
                    if let Some(index) = renderer.current() {
                        self.fold(index);
                    }
                }
                Press::Order => {
                    self.set_order(session, match self.order.get_untracked() {
                        Order::Oldest => Order::Newest,
                        Order::Newest => Order::Oldest,
                    });
                }
                Press::Help => session.help_open.set(true),
            }
        }

        /// Shows the comments in another order, and says so.
        pub fn set_order(&self, session: Session, order: Order) {
            self.order.set(order);
            session.status.set(with_name(Key::OrderChanged, text(order_key(order))));
        }
    }
}
