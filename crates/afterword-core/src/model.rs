//! What a blog is made of once it has been decoded: posts, comments, their authors.
//!
//! Everything here is plain data. Bodies are raw until [`crate::body::sanitize`] has turned them into a tree; raw
//! markup has no way to the screen.

use crate::body::RawBody;
pub use crate::ids::PostKind;
use crate::ids::{CommentId, PostPath, PostSlug};
use crate::time::Timestamp;

/// A value together with what had to be mended or left out on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded<T> {
    /// What could be read.
    pub value: T,
    /// What could not, each with its place. Empty for a sound input.
    pub warnings: Vec<Warning>,
}

/// One thing that was odd in an input and how it was dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The place in the input, for example `items[17].date_published`.
    pub place: String,
    /// What was found there.
    pub kind: WarningKind,
}

/// What can be odd about an input without making it unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WarningKind {
    /// The item is no object, or is cut off; it was left out.
    ItemUnreadable,
    /// The input ends in the middle; what came before was kept.
    CutOff,
    /// A field holds another type than it should; it was treated as missing.
    WrongType,
    /// No id, or an unusable one; one was made from the place.
    IdMissing,
    /// An id that an earlier item has already; this one was given a new id.
    IdDuplicate,
    /// A date that is none; the date is unknown.
    DateInvalid,
    /// No text at all.
    BodyMissing,
    /// An address that is not followed or shown.
    UrlRefused,
    /// A page that names a page that was read before.
    PageLoop,
    /// More pages than [`crate::model::PAGES_MAX`].
    TooManyPages,
    /// A text longer than the bound; the rest was cut.
    TooLong,
    /// Bytes that are no UTF-8, or half a surrogate pair; U+FFFD stands in their place.
    TextMended,
    /// More was odd than is listed: the list of warnings stops here.
    MoreNotListed,
}

/// Most pages of one thread that are followed by `next_url`: at 50 comments a page, half a million comments.
pub const PAGES_MAX: usize = 10_000;

/// The person behind a comment or post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Author {
    /// The name as given, unescaped; empty when unknown.
    pub name: String,
    /// A web address, unchecked: [`crate::body::url`] decides whether it becomes a link.
    pub url: Option<String>,
}

/// One comment, as decoded. Its parent may be missing, later in the list, or itself: [`crate::thread`] copes.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Unique in its thread once decoded.
    pub id: CommentId,
    /// The comment that this one answers.
    pub parent: Option<CommentId>,
    /// Who wrote it.
    pub author: Author,
    /// When it appeared; `None` when unknown.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
    /// The text, untrusted.
    pub body: RawBody,
    /// Published, or deleted and kept for its answers.
    pub state: CommentState,
    /// Votes, where the source has them.
    pub votes: Option<Votes>,
    /// Whether the author of the post wrote it.
    pub by_post_author: bool,
}

/// Whether a comment's text may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommentState {
    /// Shown.
    #[default]
    Published,
    /// Its place is kept because of its answers; its text is gone.
    Deleted,
}

/// Counted votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// For.
    pub up: u32,
    /// Against.
    pub down: u32,
}

/// A post, with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Post or page.
    pub kind: PostKind,
    /// Its place in the blog: `posts/<slug>/` or `pages/<slug>/`.
    pub slug: PostSlug,
    /// The id in its feed: for a post of ours its address.
    pub id: String,
    /// The title, plain text.
    pub title: String,
    /// Who wrote it, in order.
    pub authors: Vec<Author>,
    /// When it appeared; `None` when unknown.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// A sentence or two, plain text.
    pub summary: Option<String>,
    /// The language of the text as a BCP 47 tag.
    pub language: Option<String>,
    /// Tags as given.
    pub tags: Vec<String>,
    /// The text. Empty in a list of posts.
    pub body: RawBody,
    /// Its conversation.
    pub thread: ThreadInfo,
    /// Whether it stays at the top of the home page.
    pub sticky: bool,
    /// Its addresses in the blog that it comes from, from the root of that: `/?p=123`, `/2012/03/hello/`.
    pub aliases: Vec<String>,
    /// Where to read on; only in a site that was built.
    pub links: PostLinks,
}

impl Post {
    /// Where it is.
    pub fn path(&self) -> PostPath {
        PostPath { kind: self.kind, slug: self.slug.clone() }
    }
}

/// Where to read on after a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostLinks {
    /// The post that came next.
    pub newer: Option<PostLink>,
    /// The post that came before.
    pub older: Option<PostLink>,
    /// Posts that share tags with it, the closest first.
    pub related: Vec<PostLink>,
}

/// A post, as far as a link to it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLink {
    /// Where it is.
    pub path: PostPath,
    /// Its title, plain text.
    pub title: String,
}

/// What a post says about its conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadInfo {
    /// The first file of comments, relative to the post or absolute.
    pub comments_url: Option<String>,
    /// How many comments there are.
    pub count: u32,
    /// When the newest of them appeared.
    pub updated: Option<Timestamp>,
    /// Whether answers are taken.
    pub state: ThreadState,
    /// All comments in order of arrival, to be fetched in parallel; empty when only `comments_url` is known.
    pub pages: Vec<PageRef>,
}

/// Whether a thread takes new comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThreadState {
    /// It does.
    #[default]
    Open,
    /// It does not.
    Closed,
}

/// One file of comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRef {
    /// Relative to the post or absolute.
    pub url: String,
    /// How many comments are in it.
    pub count: u32,
}

/// `site.json`, as far as reading needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The blog's name.
    pub title: String,
    /// One line about it.
    pub description: Option<String>,
    /// Absolute address of the home page, with a closing slash.
    pub url: Option<String>,
    /// Path under which the site is hosted, with slashes at both ends; `/` unless told.
    pub base_path: String,
    /// The language of the blog as a BCP 47 tag.
    pub language: Option<String>,
    /// Who writes it.
    pub author: Option<Author>,
    /// The order in which threads are shown at first.
    pub order: crate::thread::Order,
    /// How threads are laid out at first.
    pub view: crate::rows::View,
    /// Where new comments go.
    pub back_end: BackEnd,
    /// Hosts whose pictures are shown in comments and posts besides the site's own.
    pub image_hosts: Vec<String>,
    /// Some words about who writes it, plain text.
    pub author_about: Option<String>,
    /// A picture of who writes it: a file beside `site.json`.
    pub author_picture: Option<String>,
    /// The links at the head of every page.
    pub navigation: Vec<NavLink>,
    /// A line at the foot of every page, plain text.
    pub footer: Option<String>,
    /// How many posts a page of the list has; `None` for [`POSTS_PER_PAGE`].
    pub posts_per_page: Option<u32>,
}

/// Where new comments go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BackEnd {
    /// Nowhere: the site is an archive.
    #[default]
    None,
    /// To a server of Isso at this absolute address, with a closing slash. Its comments are shown with those in files.
    Isso(String),
    /// To the owner, by the reader's own hand.
    ByHand(ByHand),
}

impl BackEnd {
    /// What every id begins with that the server of this site has given, so that it meets none of the files' ids; empty
    /// where there is no server.
    pub fn id_prefix(&self) -> &'static str {
        match self {
            Self::Isso(_) => "isso-",
            Self::None | Self::ByHand(_) => "",
        }
    }

    /// Whether a comment is one of the server's, and so can be voted on and changed there.
    pub fn has(&self, id: &CommentId) -> bool {
        !self.id_prefix().is_empty() && id.as_str().starts_with(self.id_prefix())
    }
}

/// The ways in which a reader can hand a comment to the owner of a site without a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// The owner's e-mail address.
    pub mail: Option<String>,
    /// The words of a link, and an address with `{title}`, `{text}` and `{url}` in it: a new issue, a new discussion.
    pub link: Option<(String, String)>,
    /// Whether copying is offered.
    pub copy: bool,
    /// Whether a file to send is offered.
    pub download: bool,
}

/// How many posts a page of a list has unless the owner says otherwise: what a reader looks through without searching.
pub const POSTS_PER_PAGE: u32 = 10;

/// A link at the head of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    /// Its words.
    pub title: String,
    /// A path below the site's root without a slash in front (`archive/`), or an absolute web address.
    pub url: String,
}

/// A list of posts, as far as a list of lists needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// Its words: a tag, a year.
    pub title: String,
    /// The last part of its address, not escaped: `wood`, `2012`.
    pub name: String,
    /// How many posts it has.
    pub count: u32,
}
