//! One post's conversation as the page holds it: the thread, how it is shown, and how fetching went.

use crate::fetch_error::FetchError;
use crate::page_state::PostPage;
use crate::session::Session;
use crate::{arrivals::Arrived, damage::Damage};
use afterword_core::rows::{Collapsed, Selection, View};
use afterword_core::thread::{Order, Thread};
use afterword_core::visits::Visit;
use leptos::prelude::*;
use std::sync::Arc;

#[cfg(feature = "browser")]
mod attached;
#[cfg(feature = "browser")]
mod folding;
#[cfg(feature = "browser")]
mod travel;
#[cfg(feature = "browser")]
mod writing;
#[cfg(feature = "browser")]
pub use writing::Local;

/// What the page knows of a conversation.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// The comments, or how fetching them stands.
    pub comments: Comments,
    /// The order that is shown.
    pub order: Order,
    /// The layout that is shown.
    pub view: View,
    /// What is looked for.
    pub selection: Option<Selection>,
    /// Whose replies are hidden.
    pub collapsed: Collapsed,
    /// Whether a comment was asked for that is not there.
    pub target_gone: bool,
    /// The same comments with inferred answers, where there are any.
    pub inferred: Option<Arc<Thread>>,
    /// The reader's visit, which tells what is new to them.
    pub visit: Option<Visit>,
    /// The comments that were fetched, without those of the reader's own that are not among them.
    #[cfg(feature = "browser")]
    pub fetched: Option<Arc<Thread>>,
    /// Comments of the reader's own that are shown besides those.
    #[cfg(feature = "browser")]
    pub local: Vec<Local>,
    /// Comments that have come in and wait to be shown.
    pub arrived: Option<Arrived>,
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

impl Talk {
    /// The thread as the view has it, once it is here.
    pub fn thread(&self) -> Option<&Arc<Thread>> {
        match (&self.comments, &self.inferred) {
            (Comments::Ready(..), Some(inferred)) if self.view == View::Inferred => Some(inferred),
            (Comments::Ready(thread, _), _) => Some(thread),
            (Comments::Loading | Comments::Failed(_), _) => None,
        }
    }

    /// Whether a comment appeared after the reader was last here.
    pub fn is_new(&self, comment: u32) -> bool {
        let comment = self.thread().and_then(|thread| thread.comments().get(comment as usize));
        self.visit.zip(comment).is_some_and(|(visit, comment)| visit.is_new(comment.published))
    }
}

/// The state of one conversation; a copy is a handle.
#[derive(Clone, Copy)]
pub struct Conversation {
    /// What is known.
    pub talk: RwSignal<Talk>,
    /// What is looked for, as it was typed: see `afterword_core::search`.
    pub find: RwSignal<String>,
    /// Whether the place for that is open.
    pub find_open: RwSignal<bool>,
    page: StoredValue<PostPage>,
    #[cfg(feature = "browser")]
    session: Session,
    #[cfg(feature = "browser")]
    attached: StoredValue<Option<attached::Attached>, LocalStorage>,
    #[cfg(feature = "browser")]
    owner: StoredValue<Option<Owner>>,
}

impl Conversation {
    /// The conversation of a post, with nothing of it fetched yet.
    pub fn new(session: Session, page: PostPage) -> Self {
        let site = session.site();
        let talk = Talk { order: site.order, view: site.view, ..Talk::default() };
        Self {
            talk: RwSignal::new(talk),
            find: RwSignal::new(String::new()),
            find_open: RwSignal::new(false),
            page: StoredValue::new(page),
            #[cfg(feature = "browser")]
            session,
            #[cfg(feature = "browser")]
            attached: StoredValue::new_local(None),
            #[cfg(feature = "browser")]
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// Whether the component that the conversation belongs to is gone, and all state of it.
    pub fn is_gone(&self) -> bool {
        self.talk.try_with_untracked(|_| ()).is_none()
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
            match self.attached.with_value(|attached| attached.as_ref().map(|attached| attached.load)) {
                Some(load) => load(self),
                None => self.attach_when_placed(),
            }
        }
    }
}
