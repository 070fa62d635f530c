//! Parts of the app that are fetched when they are first wanted. In the release build each is a file of its own; under
//! Trunk the same call goes straight through.
//!
//! `menu` is the menu of a comment and the list of keys, `tools` the controls of a conversation, `find` all that finds
//! something in a conversation, `composer` all that writes in one. `reader` is all that turns files into posts and rows: a prerendered page can be read without it, and fetches it when the browser
//! has nothing better to do.

use crate::render::fill::Filling;
use crate::{
    conversation::Conversation, fetch_error::FetchError, page_state::PageState, platform::location::Base,
    render::region::RegionElement, route::Route, session::Session, ui::menu::RowMenu,
};
use afterword_core::body::{Body, Policy};
use afterword_core::writing::Markup;
use afterword_core::{ids::CommentId, model::Site, thread::Thread, writing::Target};
use std::{any::Any, future::Future, pin::Pin, sync::Arc};

/// A part did not arrive. Calling again tries again from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartNotLoaded;

/// A page on its way.
pub type PageLoad = Pin<Box<dyn Future<Output = Result<PageState, FetchError>>>>;

/// A thread with inferred answers on its way; nothing where there are none.
pub type Inferring = Pin<Box<dyn Future<Output = Option<Arc<Thread>>>>>;

/// Something that is being done.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// A site's description on its way.
pub type SiteLoad = Pin<Box<dyn Future<Output = Site>>>;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for PartNotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Writes the same function twice: as a split point, and as a plain asynchronous call.
macro_rules! part {
    ($part:ident: $(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty $body:block) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// [`PartNotLoaded`] when the file of this part cannot be fetched or is not what was built.
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        pub fn $name($($arg: $type),*) -> Result<$output, PartNotLoaded> {
            Ok($body)
        }

        $(#[$doc])*
        ///
        /// # Errors
        /// None here; see the split build.
        #[cfg(not(feature = "split"))]
        pub async fn $name($($arg: $type),*) -> Result<$output, PartNotLoaded> {
            Ok($body)
        }
    };
}

part! { menu:
    /// Opens the list of keys.
    fn open_help() -> () {
        crate::ui::help::show();
    }
}

part! { tools:
    /// Puts the controls of a conversation into their place, until what this gives is dropped.
    fn mount_tools(conversation: Conversation, place: RegionElement) -> Box<dyn Any> {
        // The reader may have left while this part was on its way.
        if conversation.is_gone() {
            return Ok(Box::new(()));
        }
        Box::new(leptos::mount::mount_to(place, move || crate::ui::tools::tools(conversation)))
    }
}

part! { tools:
    /// Puts what is said of new comments into its place, until what this gives is dropped.
    fn mount_pill(conversation: Conversation, place: RegionElement) -> Box<dyn Any> {
        if conversation.is_gone() {
            return Ok(Box::new(()));
        }
        Box::new(leptos::mount::mount_to(place, move || crate::ui::pill::pill(conversation)))
    }
}

part! { tools:
    /// Shows what the links in the rows of a conversation lead to, until what this gives is dropped.
    fn preview_parents(conversation: Conversation, rows: RegionElement) -> Box<dyn Any> {
        conversation.preview_parents(&rows)
    }
}

part! { tools:
    /// Puts the way to the composer into its place at the end of a conversation, until what this gives is dropped.
    fn mount_compose(conversation: Conversation, place: RegionElement) -> Box<dyn Any> {
        if conversation.is_gone() {
            return Ok(Box::new(()));
        }
        Box::new(leptos::mount::mount_to(place, move || crate::ui::compose::compose(conversation)))
    }
}

part! { composer:
    /// Opens a composer in its place.
    fn open_composer(conversation: Conversation, place: RegionElement, target: Target, focus: bool) -> () {
        crate::composer::open(conversation, &place, target, focus);
    }
}

part! { composer:
    /// Brings back what was begun in a conversation, and shows what is being sent.
    fn restore_writing(conversation: Conversation) -> Work {
        Box::pin(crate::outgoing::restore(conversation))
    }
}

part! { composer:
    /// Votes for a comment (`true`) or against it.
    fn vote(conversation: Conversation, comment: CommentId, up: bool) -> Work {
        Box::pin(crate::outgoing::vote(conversation, comment, up))
    }
}

part! { composer:
    /// Quotes what is selected into an answer. Gives whether there was anything.
    fn quote_selection(conversation: Conversation) -> bool {
        crate::composer::quote_selection(conversation)
    }
}

part! { preview:
    /// A text as it will look.
    fn preview(markup: Markup, text: String, policy: Policy) -> Body {
        crate::preview::preview(&text, markup, &policy)
    }
}

part! { find:
    /// Opens the place where one looks for something in a conversation.
    fn open_find(conversation: Conversation, place: RegionElement, focus: bool) -> () {
        crate::find::open(conversation, &place, focus);
    }
}

part! { find:
    /// Opens it with what the author of a comment wrote.
    fn find_author(conversation: Conversation, place: RegionElement, comment: u32) -> () {
        crate::find::open_author(conversation, &place, comment);
    }
}

part! { find:
    /// Begins to look for answers that a thread does not tell of.
    fn infer(thread: Arc<Thread>) -> Inferring {
        Box::pin(crate::inference::infer(thread))
    }
}

part! { menu:
    /// Opens the menu of a comment.
    fn open_menu(menu: RowMenu) -> () {
        crate::ui::menu::open(menu);
    }
}

part! { reader:
    /// Puts a conversation, without the page around it, into the element of a session.
    fn open_thread(session: Session) -> () {
        let view = move || crate::ui::shell::thread_only(session);
        leptos::mount::mount_to(session.root(), view).forget();
        crate::platform::page::set_class(&session.root(), "app-ready", true);
    }
}

part! { reader:
    /// Begins to fetch what `site.json` says; without an answer, a site without a name.
    fn load_site(base: Base) -> SiteLoad {
        Box::pin(async move { crate::load::load_site(&base).await.unwrap_or_default() })
    }
}

part! { reader:
    /// Begins to fetch a page.
    fn load_page(session: Session, route: Route) -> PageLoad {
        Box::pin(crate::load::load_page_state(session, route))
    }
}

part! { reader:
    /// Fills a region.
    fn fill(session: Session, filling: Filling, element: RegionElement) -> () {
        crate::render::fill::fill(session, &filling, &element);
    }
}

part! { reader:
    /// Does what can wait until the page is shown: dates in the reader's way, old addresses, pages fetched ahead.
    fn attend(session: Session) -> () {
        crate::attend::attend(session);
    }
}

part! { reader:
    /// Binds a conversation to the element that holds its rows.
    fn attach(conversation: Conversation, host: RegionElement) -> () {
        conversation.attach(&host);
    }
}
