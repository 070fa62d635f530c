//! What the page shows: one enum for all that can be said of it.

use crate::fetch_error::FetchError;
use crate::route::{Index, List, Route};
use crate::texts::{Key, text};
use afterword_core::model::{IndexEntry, Post};
use std::sync::Arc;

/// The state of the page below the blog's head.
#[derive(Clone, Debug)]
pub enum PageState {
    /// It is being fetched.
    Loading(Route),
    /// A list; `None` where it is prerendered and stays as it is.
    Listing(Option<Arc<Listing>>),
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

/// A list on its page.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// Posts.
    Posts(ListPage),
    /// Lists of posts.
    Index(Index, Vec<IndexEntry>),
}

/// A page of a list of posts.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    /// Which list.
    pub list: List,
    /// What the posts have in common, in words: a tag, a year. Empty for the home list.
    pub title: String,
    /// The page, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// The posts of this page.
    pub posts: Vec<Post>,
}

impl Listing {
    /// What the list is called; empty for the home list.
    pub fn title(&self) -> String {
        match self {
            Self::Posts(page) => page.title.clone(),
            Self::Index(Index::Tags, _) => text(Key::Tags).to_owned(),
            Self::Index(Index::Years, _) => text(Key::Archive).to_owned(),
        }
    }
}
