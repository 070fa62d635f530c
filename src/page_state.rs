//! What the page shows: one enum for all that can be said of it.

use crate::fetch_error::FetchError;
use crate::route::Route;
use afterword_core::model::Post;
use std::sync::Arc;

/// The state of the page below the blog's head.
#[derive(Clone, Debug)]
pub enum PageState {
    /// It is being fetched.
    Loading(Route),
    /// The list of posts; `None` where it is prerendered and stays as it is.
    Home(Option<Arc<[Post]>>),
    /// One post.
    Post(PostPage),
    /// It could not be fetched.
    Failed(Route, FetchError),
    /// There is no such page.
    NotFound,
}

/// A post on its page.
#[derive(Clone, Debug)]
pub struct PostPage {
    /// The post; without its text where that is prerendered.
    pub post: Arc<Post>,
    /// Whether text and first rows are in the document already.
    pub prerendered: bool,
}
