//! One post's conversation as the page holds it: the thread, its order, what is collapsed, and how fetching went.

use crate::damage::Damage;
use crate::fetch_error::FetchError;
use crate::page_state::PostPage;
use crate::session::Session;
use crate::texts::{Key, text, with_name};
use crate::ui::order::order_key;
use afterword_core::rows::Collapsed;
use afterword_core::thread::{Order, Thread};
use leptos::prelude::*;
use std::sync::Arc;

/// What the page knows of a conversation.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// The comments, or how fetching them stands.
    pub comments: Comments,
    /// The order that is shown.
    pub order: Order,
    /// Whose replies are hidden.
    pub collapsed: Collapsed,
    /// Whether a comment was asked for that is not there.
    pub target_gone: bool,
}

/// The comments, or how fetching them stands.
#[derive(Clone, Debug, Default)]
pub enum Comments {
    /// On their way.
    #[default]
    Loading,
    /// Here, with what is missing of them or odd.
    Ready(Arc<Thread>, Damage),
    /// Not to be had.
    Failed(FetchError),
}

/// The state of one conversation; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Conversation {
    /// What is known.
    pub talk: RwSignal<Talk>,
    page: StoredValue<PostPage>,
    session: Session,
    /// Fetches the comments, once the part of the app that can is attached.
    #[cfg(feature = "browser")]
    attached: StoredValue<Option<fn(&Conversation)>>,
    #[cfg(feature = "browser")]
    owner: StoredValue<Option<Owner>>,
}

impl Conversation {
    /// The conversation of a post, with nothing of it fetched yet.
    pub fn new(session: Session, page: PostPage) -> Self {
        let talk = Talk { order: session.site().order, ..Talk::default() };
        Self {
            talk: RwSignal::new(talk),
            page: StoredValue::new(page),
            session,
            #[cfg(feature = "browser")]
            attached: StoredValue::new(None),
            #[cfg(feature = "browser")]
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// Whether rows stood in the page before the comments were fetched.
    pub fn is_prerendered(&self) -> bool {
        self.page.with_value(|page| page.prerendered)
    }

    /// How many comments there are: those fetched, or as long as none are, what the post says.
    pub fn count(&self) -> u32 {
        self.talk.with(|talk| match &talk.comments {
            Comments::Ready(thread, _) => u32::try_from(thread.len()).unwrap_or(u32::MAX),
            Comments::Loading | Comments::Failed(_) => self.page.with_value(|page| page.post.thread.count),
        })
    }

    /// Shows the comments in another order, and says so.
    pub fn set_order(&self, order: Order) {
        self.talk.update(|talk| talk.order = order);
        self.session.status.set(with_name(Key::OrderChanged, text(order_key(order))));
    }

    /// Fetches the comments, shows them, and listens, once the region for the rows is in the document.
    #[cfg(feature = "browser")]
    pub fn attach_when_placed(&self) {
        use crate::platform::{http::part_error, pause::idle, spawn::spawn};
        let conversation = *self;
        let attach = move |host| {
            spawn(async move {
                if conversation.is_prerendered() {
                    idle().await;
                }
                let attached = crate::lazy::attach(conversation, host).await;
                if let Err(error) = attached {
                    conversation.talk.try_update(|talk| talk.comments = Comments::Failed(part_error(error)));
                }
            });
        };
        crate::render::region::when_placed(self.session, crate::render::region::Region::ThreadRows, Box::new(attach));
    }

    /// Natively nothing is fetched and nobody is listened to.
    #[cfg(not(feature = "browser"))]
    pub fn attach_when_placed(&self) {}

    /// Fetches the comments again, or the part of the app that would; natively nothing is fetched.
    pub fn retry(&self) {
        #[cfg(feature = "browser")]
        {
            self.talk.update(|talk| talk.comments = Comments::Loading);
            match self.attached.get_value() {
                Some(load) => load(self),
                None => self.attach_when_placed(),
            }
        }
    }
}

#[cfg(feature = "browser")]
mod attached {
    use super::{Comments, Conversation, Order};
    use crate::lazy::PartNotLoaded;
    use crate::load::load_thread;
    use crate::muted::AuthorKey;
    use crate::platform::keys::{Keys, Press};
    use crate::platform::{location, page, prefs, spawn::spawn};
    use crate::render::region::RegionElement;
    use crate::render::renderer::{Renderer, RowEvent};
    use crate::render::row::{author_name, fragment};
    use crate::route::Route;
    use crate::texts::{Key, text};
    use crate::ui::help;
    use crate::ui::menu::{RowMenu, Tools};
    use afterword_core::body::Policy;
    use afterword_core::ids::CommentId;
    use afterword_core::rows::build_rows;
    use leptos::prelude::*;
    use std::rc::Rc;

    impl Conversation {
        /// Binds the conversation to the element that holds its rows: fetches the comments, shows them, and listens,
        /// until the component that called this is gone.
        pub fn attach(&self, host: &RegionElement) {
            // The component may be gone by now, and its state with it.
            let Some(owner) = self.owner.try_get_value().flatten() else { return };
            owner.with(|| self.bind(host));
            self.attached.set_value(Some(Self::load));
            self.load();
        }

        fn bind(&self, host: &RegionElement) {
            let conversation = *self;
            let site = self.session.site();
            let policy = Policy::comment().with_image_hosts(&site.image_hosts);
            let tools = Tools::new(self.session.base().join(""));
            let on_event = move |event| conversation.row_event(event, tools);
            let Some(renderer) = Renderer::new(host, policy, site.language.as_deref(), on_event) else { return };
            let renderer = Rc::new(renderer);
            let keys = Keys::listen({
                let renderer = Rc::clone(&renderer);
                move |press| conversation.pressed(&renderer, press)
            });
            let fragments = location::on_fragment({
                let renderer = Rc::clone(&renderer);
                move || conversation.go_to_fragment(&renderer)
            });
            let others = prefs::on_change(move || tools.reload());
            Effect::new({
                let renderer = Rc::clone(&renderer);
                move |_| renderer.mute(tools.muted.get())
            });
            Effect::new({
                let renderer = Rc::clone(&renderer);
                move |landed: Option<bool>| conversation.show(&renderer, landed.unwrap_or_default())
            });
            // Held until the component is gone; with them go the listeners.
            let held = StoredValue::new_local(Some((renderer, keys, fragments, others)));
            on_cleanup(move || {
                page::set_root_class("app-complete", false);
                held.set_value(None);
            });
        }

        fn load(&self) {
            let conversation = *self;
            spawn(async move {
                // The component may be gone by now, and its state with it: then this says nothing.
                let Some(page) = conversation.page.try_get_value() else { return };
                let loaded = load_thread(&conversation.session.base(), &page.post).await;
                conversation.talk.try_update(|talk| {
                    talk.comments = match loaded {
                        // Rows that stand in the page are not taken away because a file behind them is missing.
                        Ok(loaded) => match loaded.damage.lost_to() {
                            Some(error) if conversation.is_prerendered() => Comments::Failed(error),
                            Some(_) | None => Comments::Ready(loaded.thread, loaded.damage),
                        },
                        Err(error) => Comments::Failed(error),
                    };
                });
            });
        }

        /// Puts the rows on the screen; the first time, goes to the comment that the address asks for when all are
        /// there. Gives whether there was anything to show.
        fn show(&self, renderer: &Rc<Renderer>, landed: bool) -> bool {
            let shown = self.talk.with(|talk| match &talk.comments {
                Comments::Ready(thread, _) => Some((thread.clone(), build_rows(thread, talk.order, &talk.collapsed))),
                Comments::Loading | Comments::Failed(_) => None,
            });
            let Some((thread, rows)) = shown else { return landed };
            let conversation = *self;
            let again = Rc::downgrade(renderer);
            renderer.show(&thread, rows, move || {
                page::set_root_class("app-complete", true);
                if let Some(renderer) = again.upgrade().filter(|_| !landed) {
                    conversation.land(&renderer);
                }
            });
            true
        }

        /// Where the comment asked for was prerendered, the browser has gone there by itself; the reader may have moved
        /// on since.
        fn land(&self, renderer: &Renderer) {
            if !(self.is_prerendered() && renderer.was_adopted(&location::fragment())) {
                self.go_to_fragment(renderer);
            }
        }

        fn go_to_fragment(&self, renderer: &Renderer) {
            let Some(id) = CommentId::from_element_id(&location::fragment()) else { return };
            let found = self.talk.with_untracked(|talk| match &talk.comments {
                Comments::Ready(thread, _) => Some(thread.find(&id)),
                Comments::Loading | Comments::Failed(_) => None,
            });
            let Some(found) = found else { return };
            if self.talk.with_untracked(|talk| talk.target_gone) != found.is_none() {
                self.talk.update(|talk| talk.target_gone = found.is_none());
            }
            if let Some(index) = found {
                self.reveal(index);
                renderer.go_to(index);
            }
        }

        /// Opens what hides a comment. Nothing is told to anybody if nothing does.
        fn reveal(&self, index: u32) {
            let opened = self.talk.with_untracked(|talk| {
                let Comments::Ready(thread, _) = &talk.comments else { return None };
                let mut collapsed = talk.collapsed.clone();
                collapsed.reveal(thread, index);
                (collapsed != talk.collapsed).then_some(collapsed)
            });
            if let Some(collapsed) = opened {
                self.talk.update(|talk| talk.collapsed = collapsed);
            }
        }

        fn row_event(&self, event: RowEvent, tools: Tools) {
            match event {
                RowEvent::FoldPressed(index) => self.fold(index),
                RowEvent::FoundHidden(index) => self.reveal(index),
                RowEvent::MenuPressed(index, button) => self.open_menu(index, button, tools),
            }
        }

        fn open_menu(&self, index: u32, button: RegionElement, tools: Tools) {
            let Some(path) = self.page.try_with_value(|page| Route::Post(page.post.path()).path()) else { return };
            let post = self.session.base().join(&path);
            let menu = self.talk.with_untracked(|talk| match &talk.comments {
                Comments::Ready(thread, _) => {
                    let comment = thread.comment(index);
                    Some(RowMenu {
                        button,
                        link: post + &fragment(&comment.id),
                        author: AuthorKey::of(&comment.author),
                        name: author_name(comment).to_owned(),
                        tools,
                    })
                }
                Comments::Loading | Comments::Failed(_) => None,
            });
            let Some(menu) = menu else { return };
            let button = menu.button.clone();
            spawn(async move {
                let opened = crate::lazy::open_menu(menu).await;
                // Another press tries again.
                page::complain_behind(&button, opened.err().map(|PartNotLoaded| text(Key::PartFailed)));
            });
        }

        fn fold(&self, index: u32) {
            self.talk.update(|talk| {
                let folded = talk.collapsed.contains(index);
                talk.collapsed.set(index, !folded);
            });
        }

        fn pressed(&self, renderer: &Renderer, press: Press) {
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
                Press::Order => self.set_order(match self.talk.with_untracked(|talk| talk.order) {
                    Order::Oldest => Order::Newest,
                    Order::Newest => Order::Oldest,
                }),
                Press::Help => help::open(self.session),
            }
        }
    }
}
